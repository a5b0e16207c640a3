#include <acrx/trigger/trigger_source.hpp>

#include <boost/test/unit_test.hpp>

#include <support/archetypes/trigger_source.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_trigger_source)

BOOST_AUTO_TEST_CASE(a_type_without_an_acknowledgement_is_none)
{
    struct forgetful
    {
        net::awaitable<std::optional<trigger_event>> next();
    };
    BOOST_TEST(!trigger_source<forgetful>);
    BOOST_TEST(trigger_source<acrx::testing::trigger_source_archetype>);
}

BOOST_AUTO_TEST_SUITE_END()
