#include <acrx/executor.hpp>
#include <acrx/executor/step_executor.hpp>
#include <boost/test/unit_test.hpp>
#include <support/archetypes/step_executor.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_step_executor)
BOOST_AUTO_TEST_CASE(the_models_model_it)
{
    static_assert(step_executor<testing::step_executor_archetype>);
    static_assert(step_executor<any_executor<sandbox, oci_runtime, host_process>>);
    static_assert(!step_executor<int>);
    BOOST_TEST((step_state{}.now == step_state::phase::queued));
}
BOOST_AUTO_TEST_SUITE_END()
