#include <acrx/executor/host_process.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/run_step.hpp>
#include <boost/test/unit_test.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_host_process)
BOOST_AUTO_TEST_CASE(runs)
{
    testing::scratch_folder scratch;
    host_process host(scratch.path());
    step_spec spec;
    spec.args={"sh","-c","echo hi; exit 3"};
    std::string out;
    auto sink=[&](std::string_view t){out+=t;};
    auto st=testing::run(run_step(host,spec,"a/b/1",sink));
    BOOST_TEST(st.code==3);
    BOOST_TEST(out=="hi\n");
}
BOOST_AUTO_TEST_SUITE_END()
