#include <acrx/runner_cli/webhook_memory.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(runner_cli_webhook_memory)

namespace {
cli::task_webhook hook(std::string const& repository)
{
    cli::task_webhook made;
    made.task = "website";
    made.repository_url = repository;
    made.host = find_git_api(git_host::automatic, repository);
    made.token = "geheim";
    made.wish.url = "https://runner.example.com/hooks/git/github?task=website";
    return made;
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_what_a_removal_needs_sealed)
{
    testing::scratch_folder folder;
    cli::webhook_memory const memory(folder / "webhooks", secret_box(secret_key{}));
    BOOST_TEST(memory.all().hooks.empty());
    memory.keep(hook("https://github.com/acme/app.git"));
    memory.keep(hook("https://github.com/acme/app"));
    memory.keep(hook("https://gitlab.com/acme/app.git"));
    BOOST_TEST(memory.all().hooks.size() == 2U);
    for (auto const& each : std::filesystem::directory_iterator(folder / "webhooks")) {
        std::ifstream in(each.path());
        std::string const bytes{std::istreambuf_iterator<char>(in), {}};
        BOOST_TEST(bytes.find("geheim") == std::string::npos);
    }
    memory.forget(hook("https://gitlab.com/acme/app"));
    auto const left = cli::webhook_memory(folder / "webhooks", secret_box(secret_key{})).all().hooks;
    BOOST_REQUIRE(left.size() == 1U);
    BOOST_TEST(left.front().task == "website");
    BOOST_TEST(left.front().token == "geheim");
    BOOST_CHECK((left.front().host.host == git_host::github));
    BOOST_TEST(left.front().host.name() == "acme/app");
    BOOST_TEST(left.front().wish.url == "https://runner.example.com/hooks/git/github?task=website");
}

BOOST_AUTO_TEST_CASE(leaves_what_it_cannot_read_to_who_has_the_key)
{
    testing::scratch_folder folder;
    cli::webhook_memory const memory(folder / "webhooks", secret_box(secret_key{}));
    memory.keep(hook("https://github.com/acme/app.git"));
    secret_key other{};
    other[0] = std::byte{1};
    auto const seen = cli::webhook_memory(folder / "webhooks", secret_box(other)).all();
    BOOST_TEST(seen.hooks.empty());
    BOOST_TEST(seen.unreadable.size() == 1U);
    folder.write("webhooks/half", "x");
    auto const kept = memory.all();
    BOOST_TEST(kept.hooks.size() == 1U);
    BOOST_REQUIRE(kept.unreadable.size() == 1U);
    BOOST_TEST(kept.unreadable.front() == folder / "webhooks/half");
}

BOOST_AUTO_TEST_SUITE_END()
