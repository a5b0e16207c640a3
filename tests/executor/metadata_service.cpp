#include <acrx/executor/metadata_service.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_metadata_service)
BOOST_AUTO_TEST_CASE(tells_steps_that_do_not_choose_themselves)
{
    metadata_service const service{{}, "/msi/token", "key"};
    std::vector<std::string> env{"A=1"};
    add_identity_variables(env, service, "http://10.0.0.1:99");
    BOOST_TEST(env == (std::vector<std::string>{"A=1", "IDENTITY_ENDPOINT=http://10.0.0.1:99/msi/token", "IDENTITY_HEADER=key"}),
               boost::test_tools::per_element());
    for (std::string const own : {"IDENTITY_ENDPOINT=http://mine", "IDENTITY_HEADER="}) {
        std::vector<std::string> chosen{own};
        add_identity_variables(chosen, service, "http://10.0.0.1:99");
        BOOST_TEST(chosen == std::vector<std::string>{own}, boost::test_tools::per_element());
    }
    std::vector<std::string> none;
    add_identity_variables(none, service, "");
    add_identity_variables(none, metadata_service(), "http://10.0.0.1:99");
    BOOST_TEST(none.empty());
}
BOOST_AUTO_TEST_SUITE_END()
