#include <acrx/runner_cli/standard_engine.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/run/sqlite_store.hpp>
#include <acrx/runner_cli/detail/run_logins.hpp>
#include <acrx/trigger/timer_source.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <identity/temporary_home.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>

#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <future>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(runner_cli_standard_engine)

namespace {
/// A whole runner on a folder of its own, without a server.
class runner_of_folder
{
public:
    runner_of_folder()
        : store_(folder_ / "runner.db", secret_box(secret_key{}), pool_.get_executor()),
          service(store_, {folder_ / "logs", folder_ / "uploads"}),
          runner_(timer_source<system_clock>(), service, cli::standard_engine(options(), state_folder(folder_ / "state"), pool_.get_executor()))
    {
        ended_ = net::co_spawn(host_, runner_.run(), net::bind_cancellation_slot(end_.slot(), net::use_future));
    }
    ~runner_of_folder()
    {
        end_.emit(net::cancellation_type::terminal);
        host_.restart();
        host_.run();
        BOOST_CHECK_THROW(ended_.get(), std::exception);
    }

    template<class T>
    T wait(net::awaitable<T> operation)
    {
        auto result = net::co_spawn(host_, std::move(operation), net::use_future);
        host_.restart();
        while (result.wait_for(0s) != std::future_status::ready)
            host_.run_one();
        return result.get();
    }

    /// What became of a request, and its log.
    std::pair<run_record, std::string> outcome_of(run_request request)
    {
        auto const queued = wait(service.schedule(std::move(request)));
        auto record = wait(service.wait_for_run(queued.id, 60s));
        auto log = wait(service.read_log(queued.id, 0)).bytes;
        return {std::move(record), std::move(log)};
    }

    /// The relative path of a context that holds a Dockerfile.
    std::string upload(std::string const& dockerfile)
    {
        folder_.write("context/Dockerfile", dockerfile);
        folder_.write("context/hello.txt", "hello\n");
        auto const slot = service.reserve_upload();
        auto const tar = "tar -czf '" + slot.file.string() + "' -C '" + (folder_ / "context").string() + "' .";
        BOOST_TEST(std::system(tar.c_str()) == 0);
        return slot.relative_path;
    }

private:
    static cli::task_options options()
    {
        cli::task_options options;
        return options;
    }

    acrx::testing::scratch_folder folder_;
    net::thread_pool pool_{2};
    net::io_context host_{1};
    sqlite_store store_;

public:
    basic_runner_service<sqlite_store, system_clock> service;

private:
    basic_triggered_runner<timer_source<system_clock>, sqlite_store, cli::standard_engine, system_clock> runner_;
    net::cancellation_signal end_;
    std::future<void> ended_;
};
}  // namespace

BOOST_AUTO_TEST_CASE(builds_an_upload)
{
    runner_of_folder r;
    run_request request;
    request.what = docker_step{.images = {"app:{{.Run.ID}}"}, .arguments = {{"TOKEN", "geheim,1 2", true}}};
    request.context = r.upload("FROM scratch\nARG TOKEN\nLABEL token=$TOKEN\nCOPY hello.txt /\n");
    auto const [record, log] = r.outcome_of(std::move(request));
    BOOST_TEST_INFO(log);
    BOOST_CHECK(record.status == run_status::succeeded);
    BOOST_CHECK(record.type == run_type::quick_build);
    BOOST_TEST(record.error == "");
    BOOST_TEST(log.find("Run ID: ca1 was successful") != log.npos);
    BOOST_TEST(log.find("geheim") == log.npos);
    BOOST_TEST(log.find("app:ca1") != log.npos);
}

BOOST_AUTO_TEST_CASE(runs_a_task_text_and_a_task_file)
{
    runner_of_folder r;
    run_request text;
    text.what = text_step{.task = "steps:\n  - build: -t app:{{.Values.tag}} -f Dockerfile .\n", .named_values = {{"tag", "v7", false}}};
    text.context = r.upload("FROM scratch\nCOPY hello.txt /\n");
    auto const [record, log] = r.outcome_of(std::move(text));
    BOOST_TEST_INFO(log);
    BOOST_CHECK(record.status == run_status::succeeded);
    BOOST_CHECK(record.type == run_type::quick_run);
    BOOST_TEST(log.find("app:v7") != log.npos);

    run_request other;
    other.what = text_step{.task = "version: v1.1.0\nsteps:\n  - build: -t $Registry/app:{{.Run.ID}} -f Dockerfile .\n"};
    other.context = r.upload("FROM scratch\nCOPY hello.txt /\n");
    other.overrides = {.id = "mine", .registry = "elsewhere.example", .environment = {"Stage=two"}};
    auto const [changed, changed_log] = r.outcome_of(std::move(other));
    BOOST_TEST_INFO(changed_log);
    BOOST_CHECK(changed.status == run_status::succeeded);
    BOOST_TEST(changed.id == "ca2");
    BOOST_TEST(changed_log.find("elsewhere.example/app:mine") != changed_log.npos, changed_log);

    run_request file;
    file.what = file_step{.task_file = "none.yaml"};
    file.context = r.upload("FROM scratch\n");
    auto const [missing, its_log] = r.outcome_of(std::move(file));
    BOOST_CHECK(missing.status == run_status::error);
    BOOST_TEST(missing.error.find("none.yaml") != missing.error.npos);
}

BOOST_AUTO_TEST_CASE(a_build_that_fails_is_no_error_of_the_runner)
{
    runner_of_folder r;
    run_request request;
    request.what = docker_step{.images = {"app"}};
    request.context = r.upload("FROM scratch\nCOPY missing.txt /\n");
    auto const [record, log] = r.outcome_of(std::move(request));
    BOOST_CHECK(record.status == run_status::failed);
    BOOST_TEST(record.error.find("missing.txt") != record.error.npos);
    BOOST_TEST(log.find("Run ID: ca1 failed") != log.npos);
}

BOOST_AUTO_TEST_CASE(reads_nothing_of_this_machine)
{
    runner_of_folder r;
    for (std::string const context : {"/etc", ".", "-", "source/../../etc"}) {
        run_request request;
        request.what = docker_step{};
        request.context = context;
        auto const [record, log] = r.outcome_of(std::move(request));
        BOOST_CHECK(record.status == run_status::error);
        BOOST_TEST(record.error.find("may read") != record.error.npos, context);
    }
}

namespace {
using acrx::testing::reply;
using acrx::testing::seen_request;

/// A metadata service, a key vault and an Azure registry, all at one place of this machine.
struct small_cloud
{
    acrx::testing::scripted_server server{[this](seen_request const& request) { return play(request); }};
    identity_tests::environment_variable metadata{"AZURE_POD_IDENTITY_AUTHORITY_HOST", server.url()};
    std::string logged_in_as;  ///< at the registry, by Basic
    std::string refresh_token = "refresh-token";
    unsigned exchange_status = 200;

    reply play(seen_request const& request)
    {
        if (request.target.starts_with("/metadata/identity/oauth2/token"))
            return {.body = R"({"access_token":"machine-token","expires_in":"3600"})"};
        if (request.target == "/oauth2/exchange")
            return {.status = exchange_status, .body = R"({"refresh_token":")" + refresh_token + "\"}"};
        if (request.target.starts_with("/secrets/"))
            return {.body = R"({"value":"value of )" + request.target.substr(9, request.target.find('?') - 9) + R"("})"};
        if (request.header("authorization").empty())
            return {.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"here\""}}};
        logged_in_as = *from_base64(request.header("authorization").substr(6));
        return {.status = 404, .body = R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such image"}]})"};
    }

    /// What becomes of a build on an image of the registry.
    run_record build_with(runner_of_folder& r, registry_login login, task_identity identity)
    {
        run_request request;
        request.what = docker_step{.images = {"app"}, .is_push_enabled = false};
        request.context = r.upload("FROM " + server.host() + "/base:1\n");
        request.credentials.registries[server.host()] = std::move(login);
        request.identity = std::move(identity);
        auto [record, log] = r.outcome_of(std::move(request));
        for (auto const* secret : {"refresh-token", "machine-token", "value of pass"})
            BOOST_TEST((log + record.error).find(secret) == std::string::npos, secret);
        return record;
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(logs_in_with_an_identity, small_cloud)
{
    runner_of_folder r;
    auto const record = build_with(r, {.identity = "[system]"}, {.has_system_identity = true});
    BOOST_TEST(record.error.find("base:1") != record.error.npos);
    BOOST_TEST(logged_in_as == "00000000-0000-0000-0000-000000000000:refresh-token");
    BOOST_TEST(server.count("POST", "/oauth2/exchange") == 1U);
    build_with(r, {.identity = "c-1"}, {.users = {{.resource_id = "/sub/id", .client_id = "c-1"}}});
    BOOST_TEST(server.count("GET", "/metadata/identity/oauth2/token") == 2U);  // one for each identity
    build_with(r, {.identity = "[system]"}, {.has_system_identity = true});
    BOOST_TEST(server.count("GET", "/metadata/identity/oauth2/token") == 2U);  // remembered
}

namespace {
credential login_of(std::string secret, std::string user = "u")
{
    credential made;
    made.user = std::move(user);
    made.secret = std::move(secret);
    return made;
}

std::string token_until(time_point expiry)
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(expiry.time_since_epoch()).count();
    return "e30." + to_base64(R"({"exp":)" + std::to_string(seconds) + R"(,"a":"?>"})") + ".signature";
}
}  // namespace

BOOST_AUTO_TEST_CASE(logs_in_anew_when_half_of_a_token_is_over)
{
    using cli::detail::next_login;
    auto const now = parse_rfc3339("2026-03-01T12:00:00Z");
    BOOST_CHECK(next_login({{"r", login_of("no token")}}, now) == 30min);
    BOOST_CHECK(next_login({{"r", login_of(token_until(now + 10min))}, {"q", login_of(token_until(now + 3h))}}, now) == 5min);
    BOOST_CHECK(next_login({{"r", login_of(token_until(now + 3h))}}, now) == 30min);
    BOOST_CHECK(next_login({{"r", login_of(token_until(now - 1h))}}, now) == 1s);
    BOOST_TEST(!cli::detail::may_expire({.registries = {{"r", {.password = {"p", false}}}}}));
    BOOST_TEST(cli::detail::may_expire({.registries = {{"r", {.identity = "[system]"}}}}));
    BOOST_TEST(cli::detail::may_expire({.home_identity = "c"}));
}

BOOST_FIXTURE_TEST_CASE(writes_a_new_login_before_the_token_of_an_identity_expires, small_cloud)
{
    acrx::testing::scratch_folder folder;
    net::io_context host;
    task_credentials const credentials{.registries = {{server.host(), {.identity = "[system]"}}}};
    machine_tokens tokens(machine_identity(identity_settings::from_environment(), retry_policy(), http_client()));
    secret_access const may_read{false, cli::detail::identities_of({.has_system_identity = true})};
    cli::detail::login_sources const sources{machine_secrets(may_read, tokens, http_client()),
                                             assigned_tokens<machine_tokens>(tokens, may_read.identities), http_client()};
    std::vector<std::string> told;
    cli::detail::login_table logins{{server.host(), login_of(token_until(system_clock().now() + 2s))}};
    auto const renew_for = [&](std::chrono::milliseconds time) {
        net::cancellation_signal stop;
        host.restart();
        auto ended = net::co_spawn(host,
                                   cli::detail::keep_logged_in(credentials, "", sources, logins,
                                                               [&](cli::detail::login_table const& renewed) {
                                                                   for (auto const& [at, login] : renewed)
                                                                       told.push_back("use " + login.secret);
                                                                   write_file(folder / "config.json", cli::detail::to_docker_config(renewed));
                                                               },
                                                               [&](std::string const& why) { told.push_back(why); }),
                                   net::bind_cancellation_slot(stop.slot(), net::use_future));
        host.run_for(time);
        stop.emit(net::cancellation_type::terminal);
        host.run();
        BOOST_CHECK_THROW(ended.get(), std::exception);
    };
    renew_for(1600ms);
    BOOST_TEST(told == std::vector<std::string>{"use refresh-token"}, boost::test_tools::per_element());
    BOOST_TEST(read_file(folder / "config.json", 4096) == cli::detail::to_docker_config({{server.host(), login_of("refresh-token", "00000000-0000-0000-0000-000000000000")}}));
    exchange_status = 403;
    told.clear();
    renew_for(1600ms);
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST(told.front().find("logging in anew: ") == 0U);
    BOOST_TEST(read_file(folder / "config.json", 4096).find("auths") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(logs_in_with_what_a_vault_keeps, small_cloud)
{
    runner_of_folder r;
    registry_login login{.user = {server.url("/secrets/user"), true}, .password = {server.url("/secrets/pass"), true}, .identity = "c-1"};
    build_with(r, login, {.users = {{.resource_id = "c-1"}}});
    BOOST_TEST(logged_in_as == "value of user:value of pass");
    login.user = {"plain-user", false};
    build_with(r, login, {.users = {{.resource_id = "c-1"}}});
    BOOST_TEST(logged_in_as == "plain-user:value of pass");
}

BOOST_FIXTURE_TEST_CASE(uses_no_identity_that_is_not_assigned, small_cloud)
{
    runner_of_folder r;
    auto const record = build_with(r, {.identity = "c-1"}, {.has_system_identity = true});
    BOOST_CHECK(record.status == run_status::error);
    BOOST_TEST(record.error.find("c-1") != record.error.npos);
    BOOST_TEST(server.seen().empty());
}

BOOST_FIXTURE_TEST_CASE(reads_the_secrets_of_a_task_in_vaults, small_cloud)
{
    runner_of_folder r;
    run_request request;
    request.what = text_step{.task = "secrets:\n  - {id: npm, keyvault: '" + server.url("/secrets/npm")
                                     + "'}\nsteps:\n  - build: -t app --label x='{{.Secrets.npm}}' -f Dockerfile .\n"};
    request.context = r.upload("FROM scratch\nCOPY hello.txt /\n");
    request.identity = {.has_system_identity = true};
    auto allowed = request;
    auto const [record, log] = r.outcome_of(std::move(allowed));
    BOOST_TEST_INFO(log);
    BOOST_CHECK(record.status == run_status::succeeded);
    BOOST_TEST(record.error == "");
    BOOST_TEST(server.count("GET", "/secrets/npm?") == 1U);
    BOOST_TEST(log.find("value of npm") == log.npos);
    request.context = r.upload("FROM scratch\nCOPY hello.txt /\n");
    request.identity = {};
    auto const [refused, its_log] = r.outcome_of(std::move(request));
    BOOST_CHECK(refused.status == run_status::error);
    BOOST_TEST(refused.error.find("not assigned") != refused.error.npos);
}

BOOST_FIXTURE_TEST_CASE(gives_strangers_no_secrets, small_cloud)
{
    identity_tests::environment_variable const variable("ACRX_TEST_SECRET", "value-of-environment");
    acrx::testing::scratch_folder const folder;
    net::thread_pool pool{2};
    cli::standard_engine engine({}, state_folder(folder / "state"), pool.get_executor(), true);
    for (std::string const& where : {std::string("env:ACRX_TEST_SECRET"), server.url("/secrets/npm")}) {
        run_order order;
        order.record.id = "ca1";
        order.request.what = text_step{.task = "secrets:\n  - {id: s, keyvault: '" + where
                                               + "'}\nsteps:\n  - build: -t app --label x='{{.Secrets.s}}' .\n"};
        pull_request request;
        request.from_fork = true;
        order.record.cause.event.what = request;
        order.request.identity = {.has_system_identity = true};
        run_output output(run_logs(folder / "logs").open("ca1"), bell());
        BOOST_CHECK_EXCEPTION(acrx::testing::run(engine.run(order, output)), error, [](error const& e) { return e.code() == errc::denied; });
    }
    BOOST_TEST(server.seen().empty());
}

BOOST_AUTO_TEST_CASE(shares_secrets_of_the_machine_only_when_told_to)
{
    identity_tests::environment_variable const variable("ACRX_TEST_SECRET", "value-of-environment");
    runner_of_folder r;
    run_request request;
    request.what = text_step{.task = "secrets:\n  - {id: s, keyvault: 'env:ACRX_TEST_SECRET'}\nsteps:\n"
                                     "  - build: -t app --label x='{{.Secrets.s}}' .\n"};
    request.context = r.upload("FROM scratch\nCOPY hello.txt /\n");
    auto const [record, log] = r.outcome_of(std::move(request));
    BOOST_CHECK(record.status == run_status::error);
    BOOST_TEST(record.error.find("--share-machine-secrets") != record.error.npos, record.error);
}

BOOST_AUTO_TEST_SUITE_END()
