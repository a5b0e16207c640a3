#include <acrx/executor/any_executor.hpp>
#include <acrx/executor/docker_engine.hpp>
#include <acrx/executor/host_process.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/executor/sandbox.hpp>
#include <boost/test/unit_test.hpp>
#include <support/archetypes/step_executor.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_any_executor)
static_assert(step_executor<any_executor<testing::step_executor_archetype, host_process>>);
static_assert(!std::constructible_from<any_executor<host_process>, sandbox>);
static_assert(container_executor<any_executor<oci_runtime, docker_engine>>);
static_assert(!container_executor<any_executor<oci_runtime, sandbox>>);

BOOST_AUTO_TEST_CASE(is_the_model_that_was_chosen)
{
    testing::scratch_folder scratch;
    any_executor<sandbox, host_process> executor = host_process(scratch.path());
    step_spec spec;
    spec.args = {"sh", "-c", "echo hi; exit 5"};
    std::string output;
    auto sink = [&](std::string_view text) { output += text; };
    BOOST_TEST(testing::run(run_step(executor, spec, "r/s/1", sink)).code == 5);
    BOOST_TEST(output == "hi\n");
    BOOST_TEST((testing::run(executor.list("r")) == std::vector<step_key>{"r/s/1"}));
    testing::run(executor.forget("r/s/1"));
    BOOST_TEST(testing::run(executor.list("")).empty());
}
BOOST_AUTO_TEST_SUITE_END()
