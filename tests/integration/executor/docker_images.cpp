// The images of a Docker engine, as an executor sees them.
#include "container_engines.hpp"

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(integration_executor_docker_images)

BOOST_AUTO_TEST_CASE(the_docker_engine_knows_its_images_and_says_what_is_wrong)
{
    if (testing::is_missing<testing::dockerd_engine>())
        return;
    testing::dockerd_engine engine;
    BOOST_TEST(testing::run_beside(engine.executor.version()) == "1.41");
    auto const found = testing::run_beside(engine.executor.find_image("acrx-test:1"));
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->config.working_dir == "/tmp");
    BOOST_TEST((found->config.env == std::vector<std::string>{"FROM=image"}));
    BOOST_TEST(found->diff_ids.size() == 1u);
    BOOST_TEST(!testing::run_beside(engine.executor.find_image("acrx-none:1")).has_value());
    auto spec = engine.step();
    spec.image = "acrx-none:1";
    spec.args = {"true"};
    BOOST_CHECK_EXCEPTION(testing::run_beside(engine.executor.submit(spec, "r/s/1")), error, [](error const& e) {
        return e.code() == errc::not_found && e.text().find("No such image") != std::string::npos;
    });
    BOOST_CHECK_THROW(testing::run_beside(engine.executor.pull("127.0.0.1:1/none:1")), error);
    docker_engine nowhere(engine.folder() / "nowhere", engine.folder() / "no-socket");
    BOOST_CHECK_EXCEPTION(testing::run_beside(nowhere.version()), error,
                          [](error const& e) { return e.code() == errc::unavailable && !e.advice().empty(); });
}

BOOST_AUTO_TEST_SUITE_END()
