// Lets Microsoft's own client for JavaScript drive a real acrx-runner.
#include "npm_package.hpp"
#include "runner_process.hpp"

#include <boost/test/unit_test.hpp>
#include <support/test_data.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_arm_client)

BOOST_AUTO_TEST_CASE(serves_the_client_of_microsoft)
{
    auto const modules = modules_with("@azure/arm-containerregistry", "10");
    if (modules.empty() || modules_with("@azure/storage-blob", "12").empty()) {
        BOOST_TEST_MESSAGE("skipped: node, or its packages @azure/arm-containerregistry and storage-blob, are not at hand");
        return;
    }
    for (auto const* page_size : {"100", "2"}) {
        runner_process runner({.more = {"--page-size", page_size}});
        auto const& folder = runner.folder();
        folder.write("context/Dockerfile", "FROM scratch\nCOPY file /file\n");
        folder.write("context/file", "hello\n");
        folder.write("context/acb.yaml", "steps:\n  - build: -t app:2 -f Dockerfile .\n");
        must("tar -C '" + (folder / "context").string() + "' -czf '" + (folder / "context.tar.gz").string() + "' .");
        auto const driven = shell("NODE_PATH='" + modules + "' NODE_EXTRA_CA_CERTS='" + runner.certificate().string()
                                  + "' timeout 120 node '" + data_path("integration/server/arm_client.js").string() + "' " + runner.url()
                                  + " owner-token-000000 '" + (folder / "context.tar.gz").string() + "'");
        BOOST_TEST(driven.status == 0, driven.output << runner.log_text());
    }
}
BOOST_AUTO_TEST_SUITE_END()
