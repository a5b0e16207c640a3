// `acrx-quick build` end to end: options, results, exit codes, and what stays behind.
#include "tool.hpp"

#include <acrx/io/files.hpp>
#include <acrx/version.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <support/registry_server.hpp>

#include <chrono>
#include <thread>
using namespace acrx;
using testing::run_tool;

BOOST_AUTO_TEST_SUITE(cli_build)
namespace {
/// A context with one file, on nothing.
struct small_context : testing::scratch_folder
{
    small_context()
    {
        write("ctx/Dockerfile", "FROM scratch AS first\nCOPY hello.txt /\nFROM first\nARG WHO\nLABEL who=$WHO\n");
        write("ctx/hello.txt", "hello\n");
    }
    std::string context() const { return (path() / "ctx").string(); }
    boost::json::value inspect(std::string const& image) const
    {
        auto const result = run_tool(*this, {"inspect", image});
        BOOST_TEST_REQUIRE(result.status == 0, result.err);
        return boost::json::parse(result.out);
    }
    std::size_t left_in_tmp() const
    {
        std::size_t count = 0;
        for (auto const* name : {"home/tmp", "home/ingest"})
            if (std::filesystem::exists(path() / name))
                for ([[maybe_unused]] auto const& entry : std::filesystem::directory_iterator(path() / name))
                    ++count;
        return count;
    }
};

/// A host that takes connections and never answers.
struct silent_host
{
    boost::asio::io_context context;
    boost::asio::ip::tcp::acceptor acceptor{context, {boost::asio::ip::address_v4::loopback(), 0}};
    std::string name() const { return "localhost:" + std::to_string(acceptor.local_endpoint().port()); }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(scripts_read_what_was_made_from_files, small_context)
{
    auto const id = (path() / "id").string();
    auto const metadata = (path() / "metadata.json").string();
    auto const build = [&](std::string const& name) {
        return run_tool(*this, {"build", "--no-push", "-t", name, "--iidfile", id, "--metadata-file", metadata, "-o", "json", context()});
    };
    auto const result = build("app:1");
    BOOST_TEST_REQUIRE(result.status == 0, result.err);
    auto const record = boost::json::parse(result.out);
    BOOST_TEST(read_file(id, 1000) == record.at("configDigest").as_string());
    auto const told = boost::json::parse(read_file(metadata, 10000));
    BOOST_TEST(told.at("containerimage.digest") == record.at("imageDigest"));
    BOOST_TEST(told.at("containerimage.config.digest") == record.at("configDigest"));
    BOOST_TEST(told.at("containerimage.descriptor").at("digest") == record.at("imageDigest"));
    BOOST_TEST(told.at("containerimage.descriptor").at("mediaType") == "application/vnd.oci.image.manifest.v1+json");
    BOOST_TEST(told.at("image.name") == "docker.io/library/app:1");
    // A build that fails leaves no file of the one before.
    write("ctx/Dockerfile", "FROM scratch\nCOPY none /\n");
    BOOST_TEST(build("app:2").status == 1);
    BOOST_TEST(!std::filesystem::exists(id));
    BOOST_TEST(!std::filesystem::exists(metadata));
    write("ctx/Dockerfile", "FROM scratch\nCOPY hello.txt /\n");
    auto const nowhere = run_tool(*this, {"build", "--no-push", "-t", "app:3", "--iidfile", (path() / "none/id").string(), context()});
    BOOST_TEST(nowhere.status == 4);
    BOOST_TEST(nowhere.err.find("none/id") != nowhere.err.npos, nowhere.err);
}

BOOST_AUTO_TEST_CASE(pushes_every_tag_to_the_registry)
{
    small_context folder;
    testing::registry_server registry;
    auto const result = run_tool(folder, {"build", "-r", registry.host(), "-t", "app:{{.Run.ID}}", "-t", "team/app:latest",
                                          "-o", "json", folder.context()});
    BOOST_TEST_REQUIRE(result.status == 0, result.err);
    auto const record = boost::json::parse(result.out);
    BOOST_TEST(record.at("status") == "Succeeded");
    BOOST_TEST(record.at("runId") == "ca1");
    BOOST_TEST(record.at("outputImages").as_array().size() == 2U);
    BOOST_TEST(record.at("outputImages").at(0).at("tag") == "ca1");
    BOOST_TEST(record.at("outputImages").at(0).at("registry").as_string() == registry.host());
    BOOST_TEST(record.at("outputImages").at(1).at("repository") == "team/app");
    auto const manifests = registry.storage() / "docker/registry/v2/repositories";
    BOOST_TEST(std::filesystem::exists(manifests / "app/_manifests/tags/ca1"));
    BOOST_TEST(std::filesystem::exists(manifests / "team/app/_manifests/tags/latest"));
    BOOST_TEST(testing::text_of(folder / "home/runs/ca1.json") == result.out);
    BOOST_TEST(testing::text_of(folder / "home/runs/ca1.log").find("COPY hello.txt /") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(leaves_the_registry_alone_when_told)
{
    small_context folder;
    testing::registry_server registry;
    auto const result = run_tool(folder, {"build", "-r", registry.host(), "-t", "app:1", "--no-push", folder.context()});
    BOOST_TEST_REQUIRE(result.status == 0, result.err);
    BOOST_TEST(result.err == "");
    BOOST_TEST(!std::filesystem::exists(registry.storage() / "docker/registry/v2/repositories/app"));
    BOOST_TEST(run_tool(folder, {"ls"}).out.find("/app:1") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(warns_when_there_is_no_name)
{
    small_context folder;
    auto const result = run_tool(folder, {"build", folder.context()});
    BOOST_TEST(result.status == 0);
    BOOST_TEST(result.err.find("'--image or -t' is not provided. Skipping image push after build.") != std::string::npos);
    BOOST_TEST(result.out.find("Digest: sha256:") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(hands_arguments_to_the_build_and_shows_no_secret)
{
    small_context folder;
    run_tool(folder, {"build", "-t", "app:1", "--build-arg", "WHO=world", folder.context()});
    BOOST_TEST(folder.inspect("app:1").at("config").at("config").at("Labels").at("who") == "world");
    ::setenv("WHO", "environment", 1);
    run_tool(folder, {"build", "-t", "app:2", "--build-arg", "WHO", folder.context()});
    BOOST_TEST(folder.inspect("app:2").at("config").at("config").at("Labels").at("who") == "environment");

    folder.write("ctx/Dockerfile", "FROM scratch\nARG WHO\nCOPY $WHO /\n");
    ::setenv("WHO", "hunter2-secret", 1);
    auto const result = run_tool(folder, {"build", "-t", "app:3", "--secret-build-arg", "WHO", "-o", "json", folder.context()});
    ::unsetenv("WHO");
    BOOST_TEST(result.status == 1);
    BOOST_TEST((result.out + result.err).find("hunter2") == std::string::npos, result.err);
    for (auto const& file : std::filesystem::recursive_directory_iterator(folder / "home"))
        if (file.is_regular_file())
            BOOST_TEST(testing::text_of(file).find("hunter2") == std::string::npos, file.path());
}
BOOST_AUTO_TEST_CASE(shows_the_line_that_is_wrong)
{
    small_context folder;
    folder.write("other", "FROM scratch\nCOPPY a b\n");
    auto const result = run_tool(folder, {"build", "-f", (folder / "other").string(), folder.context()});
    BOOST_TEST(result.status == 1);
    BOOST_TEST(result.err.find("error: unknown instruction: COPPY") != std::string::npos, result.err);
    BOOST_TEST(result.err.find("other:2:1") != std::string::npos, result.err);
    BOOST_TEST(boost::json::parse(testing::text_of(folder / "home/runs/ca1.json")).at("status") == "Failed");
}
BOOST_AUTO_TEST_CASE(has_an_exit_code_for_each_kind_of_failure)
{
    small_context folder;
    testing::registry_server registry({.user = "me", .password = "secret"});
    auto const status = [&](std::vector<std::string> args) {
        args.insert(args.begin(), "build");
        return run_tool(folder, std::move(args)).status;
    };
    BOOST_TEST(status({"--nonsense", folder.context()}) == 2);
    BOOST_TEST(status({"-t", "No Name", folder.context()}) == 2);
    BOOST_TEST(status({"-f", "missing", folder.context()}) == 1);
    BOOST_TEST(status({(folder / "missing").string()}) == 1);
    BOOST_TEST(status({"--target", "nowhere", folder.context()}) == 1);
    BOOST_TEST(status({"-t", registry.host() + "/app:1", folder.context()}) == 3);
    BOOST_TEST(status({"-t", "localhost:1/app:1", folder.context()}) == 3);
    BOOST_TEST(status({"--home", "/proc/none", folder.context()}) == 4);
    BOOST_TEST(status({folder.context()}) == 0);
    BOOST_TEST(folder.left_in_tmp() == 0U);
}
BOOST_AUTO_TEST_CASE(ends_when_its_time_is_up)
{
    small_context folder;
    silent_host silent;
    folder.write("ctx/Dockerfile", "FROM " + silent.name() + "/base\n");
    auto const result = run_tool(folder, {"build", "--timeout", "1", "-o", "json", folder.context()});
    BOOST_TEST(result.status == 124);
    BOOST_TEST(boost::json::parse(result.out).at("status") == "Timeout");
    BOOST_TEST(folder.left_in_tmp() == 0U);
}
BOOST_AUTO_TEST_CASE(stops_for_a_signal_and_leaves_the_state_usable)
{
    small_context folder;
    silent_host silent;
    auto const good = testing::text_of(folder / "ctx/Dockerfile");
    struct line { int signal, status, delay; };
    for (auto const [signal, status, delay] : {line{SIGINT, 130, 300}, line{SIGTERM, 143, 300}}) {
        folder.write("ctx/Dockerfile", "FROM " + silent.name() + "/base\n");
        testing::started_tool tool(folder, {"build", "-o", "json", folder.context()});
        std::this_thread::sleep_for(std::chrono::milliseconds(delay));
        tool.send(signal);
        auto const result = tool.wait();
        BOOST_TEST(result.status == status, result.err);
        BOOST_TEST(boost::json::parse(result.out).at("status") == "Canceled");
        BOOST_TEST(folder.left_in_tmp() == 0U);
        folder.write("ctx/Dockerfile", good);
        BOOST_TEST(run_tool(folder, {"build", "-t", "app:1", folder.context()}).status == 0);
    }
}
BOOST_AUTO_TEST_CASE(stops_a_step_that_runs, *boost::unit_test::precondition(testing::can_run_steps))
{
    small_context folder;
    std::filesystem::copy_file("/bin/busybox", folder / "ctx/busybox");
    // Two steps: what the first has awaited must not keep the second from being cancelled.
    folder.write("ctx/Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\nRUN echo one\nRUN echo two; sleep 20\n");
    testing::started_tool tool(folder, {"build", "-t", "app:1", folder.context()});
    for (int i = 0; i < 100 && tool.out_so_far().find(" two\n") == std::string::npos; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    auto const start = std::chrono::steady_clock::now();
    tool.send(SIGINT);
    auto const result = tool.wait();
    BOOST_TEST(result.status == 130, result.err);
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(5)));
    BOOST_TEST(testing::text_of("/proc/self/mountinfo").find(folder.path().string()) == std::string::npos);
    BOOST_TEST(folder.left_in_tmp() == 0U);
}
BOOST_AUTO_TEST_CASE(survives_a_signal_at_any_moment)
{
    small_context folder;
    for (int microseconds = 0; microseconds < 16'000; microseconds += 1000) {
        testing::started_tool tool(folder, {"build", "--no-cache", "-t", "app:1", folder.context()});
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
        tool.send(SIGINT);
        auto const result = tool.wait();
        BOOST_TEST((result.status == 0 || result.status == 130), result.status << " " << result.err);
    }
    auto const result = run_tool(folder, {"build", "-t", "app:1", folder.context()});
    BOOST_TEST(result.status == 0, result.err);
    BOOST_TEST(folder.inspect("app:1").at("layers").at(0).at("inStore") == true);
}
BOOST_AUTO_TEST_CASE(prunes_what_lost_its_name)
{
    small_context folder;
    BOOST_TEST(run_tool(folder, {"build", "-t", "app:1", folder.context()}).status == 0);
    folder.write("ctx/hello.txt", "changed\n");
    BOOST_TEST(run_tool(folder, {"build", "-t", "app:1", folder.context()}).status == 0);
    auto const removed = boost::json::parse(run_tool(folder, {"prune", "--all", "-o", "json"}).out);
    BOOST_TEST(removed.at("blobs").to_number<int>() >= 3);  // manifest, config and layer of the first
    BOOST_TEST(removed.at("cacheEntries").to_number<int>() >= 1);
    BOOST_TEST(removed.at("bytes").to_number<int>() > 0);
    auto const image = folder.inspect("app:1");
    BOOST_TEST(image.at("layers").at(0).at("inStore") == true);
    auto const again = boost::json::parse(run_tool(folder, {"prune", "--all", "-o", "json"}).out);
    BOOST_TEST(again.at("blobs") == 0);
}
BOOST_AUTO_TEST_CASE(does_not_prune_below_a_running_build)
{
    small_context folder;
    silent_host silent;
    folder.write("ctx/Dockerfile", "FROM " + silent.name() + "/base\n");
    testing::started_tool tool(folder, {"build", folder.context()});
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    auto const result = run_tool(folder, {"prune"});
    BOOST_TEST(result.status == 4);
    BOOST_TEST(result.err.find("builds are running") != std::string::npos, result.err);
}
BOOST_AUTO_TEST_SUITE_END()
