// Opens the page of a real acrx-runner in a real Chromium.
#include "npm_package.hpp"
#include "runner_process.hpp"

#include <boost/test/unit_test.hpp>
#include <support/registry_server.hpp>
#include <support/test_data.hpp>

#include <unistd.h>

#include <filesystem>
#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_page)

/// A context with a small base image, a step that takes its time, and one that prints markup.
std::filesystem::path write_context(scratch_folder const& folder)
{
    std::string const on_base = "ARG REGISTRY=registry.invalid\nFROM ${REGISTRY}/base:1\n";
    folder.write("context/base.Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n");
    folder.write("context/slow.Dockerfile", on_base + "RUN for i in $(seq 1 24); do echo \"line $i of 24\"; sleep 0.25; done\n");
    folder.write("context/quick.Dockerfile", on_base + "RUN echo '<img src=x onerror=\"window.broken = 1\"><script>window.broken = 1</script>'; sleep 0.3\n");
    must("cp /bin/busybox '" + (folder / "context").string() + "'");
    must("tar -C '" + (folder / "context").string() + "' -czf '" + (folder / "context.tar.gz").string() + "' .");
    return folder / "context.tar.gz";
}

/// What is missing of all that the page is driven with; empty if nothing is.
std::string missing()
{
    if (!have("chromium"))
        return "chromium is not installed";
    if (modules_with("playwright-core", "1").empty())
        return "node, or its package playwright-core, is not at hand";
    if (::geteuid() != 0 || !std::filesystem::exists("/bin/busybox"))
        return "its steps need root and a static busybox";
    return {};
}

void drive(runner_setup const& setup, std::string const& part)
{
    if (auto const what = missing(); !what.empty()) {
        BOOST_TEST_MESSAGE("skipped: " << what);
        return;
    }
    runner_process runner(setup);
    registry_server registry;
    auto const archive = write_context(runner.folder());
    auto const driven = shell("NODE_PATH='" + modules_with("playwright-core", "1") + "' NODE_EXTRA_CA_CERTS='" + runner.certificate().string()
                              + "' timeout 100 node '" + data_path("integration/server/page.js").string() + "' " + part + " " + runner.url()
                              + " localhost:" + std::to_string(registry.port()) + " '" + archive.string() + "'");
    BOOST_TEST(driven.status == 0, driven.output << runner.log_text());
}

BOOST_AUTO_TEST_CASE(shows_tasks_runs_and_triggers)
{
    drive({.has_users = false}, "open");
}
BOOST_AUTO_TEST_CASE(asks_who_reads_where_users_are_known)
{
    drive({}, "users");
}
BOOST_AUTO_TEST_SUITE_END()
