#include <acrx/task/alias_loader.hpp>

#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>
#include <task/samples.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <utility>

using namespace acrx;
using task_tests::failure;

BOOST_AUTO_TEST_SUITE(task_alias_loader)

namespace {
template<class Loader>
std::string load(Loader loader, std::string where)
{
    net::io_context host;
    auto mine = std::move(loader);  // its connections end before the host does
    auto loading = co_spawn(host, mine.load(std::move(where)), net::use_future);
    host.run();
    return loading.get();
}
}  // namespace

BOOST_AUTO_TEST_CASE(files_are_read_below_the_folder_only)
{
    testing::scratch_folder const scratch;
    scratch.write("root/sub/a.yaml", "a: b\n");
    scratch.write("secret.yaml", "a: secret\n");
    std::filesystem::create_symlink("../../secret.yaml", scratch / "root/sub/link.yaml");
    std::filesystem::create_symlink("a.yaml", scratch / "root/sub/good.yaml");
    auto const read = [&](std::string const& where) { return load(alias_files(scratch / "root"), where); };
    BOOST_TEST(read("sub/a.yaml") == "a: b\n");
    BOOST_TEST(read("./sub/a.yaml") == "a: b\n");
    BOOST_TEST(read("sub/good.yaml") == "a: b\n");
    for (auto const& wrong :
         {std::string("../secret.yaml"), (scratch / "secret.yaml").string(), std::string("sub/link.yaml"),
          std::string("none.yaml"), std::string("sub"), std::string("")})
        BOOST_TEST(failure([&] { read(wrong); }) != "none", wrong);
    BOOST_TEST(failure([&] { read("none.yaml"); }).starts_with("loading aliases from none.yaml: not found"));
    scratch.write("root/large.yaml", std::string(alias_files::max_size + 1, 'x'));
    BOOST_TEST(failure([&] {
                   read("large.yaml");
               }).starts_with("loading aliases from large.yaml: this is no file of at most"));
    BOOST_TEST(failure([&] { load(alias_files(std::nullopt), "a.yaml"); }).starts_with("loading aliases from a.yaml"));
}

BOOST_AUTO_TEST_CASE(urls_are_fetched_within_a_limit_of_time)
{
    testing::scripted_server server([](testing::seen_request const& seen) -> testing::reply {
        if (seen.target == "/good")
            return {.body = "a: b\n"};
        if (seen.target == "/moved")
            return {.status = 302, .headers = {{"Location", "/good"}}};
        if (seen.target == "/slow")
            return {.body = "late", .delay = std::chrono::milliseconds(1500)};
        return {.status = 404, .body = "no such list"};
    });
    auto const fetch = [&](std::string const& path, std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        return load(alias_files(std::nullopt, http_client(), limit), server.url(path));
    };
    BOOST_TEST(fetch("/good") == "a: b\n");
    BOOST_TEST(fetch("/moved") == "a: b\n");
    auto const missing = failure([&] { fetch("/none?token=secret"); });
    BOOST_TEST((missing.find("(status 404): no such list") != missing.npos), missing);
    BOOST_TEST((missing.find("secret") == missing.npos), missing);
    auto const nobody = failure([] { load(alias_files(std::nullopt), "http://127.0.0.1:1/list"); });
    BOOST_TEST(nobody.starts_with("loading aliases from http://127.0.0.1:1/list: connecting to 127.0.0.1:1"), nobody);
    auto const slow = failure([&] { fetch("/slow", std::chrono::milliseconds(100)); });
    BOOST_TEST((slow.find("timed out") != slow.npos), slow);
}

BOOST_AUTO_TEST_CASE(sources_can_be_refused)
{
    BOOST_TEST(
        failure([] { load(no_alias_files(), "a.yaml"); })
        == "loading aliases from a.yaml: access denied\nAliases of this task can only come from the task itself.");
}

BOOST_AUTO_TEST_SUITE_END()
