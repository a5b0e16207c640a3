// Bodies of runner_cli/serve.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_SERVE_IPP
#define ACRX_RUNNER_CLI_IMPL_SERVE_IPP
#include <acrx/cli/state_lock.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/http/server.hpp>
#include <acrx/runner_cli/commit_reporter.hpp>
#include <acrx/runner_cli/end_teller.hpp>
#include <acrx/runner_cli/runner_state.hpp>
#include <acrx/runner_cli/serve.hpp>
#include <acrx/runner_cli/server_log.hpp>
#include <acrx/runner_cli/service_manager.hpp>
#include <acrx/runner_cli/standard_engine.hpp>
#include <acrx/runner_cli/standard_triggers.hpp>
#include <acrx/runner_cli/webhook_registrar.hpp>
#include <acrx/server/any_door.hpp>
#include <acrx/server/run_metrics.hpp>
#include <acrx/server/runner_api.hpp>
#include <acrx/trigger/webhook_signature.hpp>
#include <acrx/triggered_runner.hpp>
#include <acrx/version.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <csignal>
#include <list>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace acrx::cli {
namespace detail {
inline std::string secret_of_file(std::filesystem::path const& file)
{
    if (file.empty())
        return {};
    auto text = read_file(file, 4096);
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (text.empty())
        throw usage_error("the file " + file.string() + " holds no secret");
    return text;
}

inline bool has_users(serve_options const& options)
{
    return !options.token_file.empty() || !options.oidc_issuer.empty();
}

inline any_door doors_of(serve_options const& options)
{
    std::vector<any_door::door> doors;
    if (!options.token_file.empty())
        doors.emplace_back(token_file(options.token_file));
    if (!options.oidc_issuer.empty()) {
        http_options connection;
        connection.ca_file = options.runs.connection.ca_file;
        doors.emplace_back(oidc_issuer({.issuer = options.oidc_issuer,
                                        .audience = options.oidc_audience,
                                        .role_claim = options.oidc_role_claim},
                                       http_client(std::move(connection))));
    }
    if (doors.empty())
        doors.emplace_back(open_door{});
    return any_door(std::move(doors));
}

inline void check_serve_options(serve_options const& options)
{
    error_code no_address;
    auto const address = net::ip::make_address(options.address, no_address);
    if (no_address)
        throw usage_error("--listen: '" + options.address + "' is no IP address");
    if (!address.is_loopback() && !has_users(options))
        throw usage_error("--listen " + options.address + " lets the network in, and nobody needs to say who it is",
                          "Give --token-file or --oidc-issuer, or listen on 127.0.0.1.");
    if (options.certificate.empty() != options.private_key.empty())
        throw usage_error("--tls-cert and --tls-key go together");
    if (!options.finished_hook.empty())
        parse_url(options.finished_hook);
    if (options.oidc_issuer.empty() != options.oidc_audience.empty())
        throw usage_error("--oidc-issuer and --oidc-audience go together");
}

/// One server from the moment that its options are known to be right.
class runner_server
{
public:
    runner_server(serve_options const& options, console& streams, state_folder state)
        : options_(options), log_(streams.err, options.logs_json), state_(std::move(state)), folder_(state_),
          lock_(folder_.try_lock()), pool_(std::max(4U, std::thread::hardware_concurrency()))
    {
        if (!lock_)
            throw error(boost::system::errc::make_error_code(boost::system::errc::device_or_resource_busy),
                        "serving " + state_.root().string(), "Another acrx-runner works on this folder: stop it, or give another --home.");
    }

    exit_status run()
    {
        auto closed_group = close_metadata();
        auto service = folder_.open(options_.secret_key_file, options_.database, pool_.get_executor());
        http_options connection;
        connection.ca_file = options_.runs.connection.ca_file;
        auto const hook_since = folder_.hook_since(!options_.finished_hook.empty());
        if (!options_.finished_hook.empty())
            tell_ends(finished_hook(options_.finished_hook, secret_of_file(options_.finished_hook_secret_file), connection), service, hook_since);
        basic_runner_api api(service, doors_of(options_), settings_of_api());
        basic_http_server server(host_.get_executor(), settings_of_server(), api);
        auto const url = url_of(server.port());
        if (!closed_group.empty() && !has_users(options_))  // whoever reaches it may do anything
            close_own_port(closed_group, server.port());
        http_client const git_hosts(std::move(connection));
        registrar_.emplace(webhook_place{options_.public_url, webhook_secret()}, git_hosts, [this](std::string const& what, bool is_trouble) {
            log_.write(is_trouble ? log_level::warning : log_level::info, what);
        }, folder_.webhooks(options_.secret_key_file));
        reporter_.emplace(options_.public_url.empty() ? url : options_.public_url, git_hosts);
        auto const settings = settings_of_runner(api, service);
        basic_triggered_runner runner{make_standard_triggers(options_.runs.connection, state_, settings.on_trouble), service,
                                      standard_engine(options_.runs, state_, pool_.get_executor(),
                                                      options_.shares_machine_secrets, std::move(closed_group)),
                                      settings};
        folder_.announce(options_.public_url.empty() ? url : options_.public_url);
        log_.write(log_level::info, "serving", {{"url", url}, {"state", state_.root().string()}, {"version", std::string(version)}});

        net::co_spawn(host_, server.run(), [this](std::exception_ptr failure) { ended("server", failure); });
        net::co_spawn(host_, runner.run(), net::bind_cancellation_slot(stop_runner_.slot(), [this](std::exception_ptr failure) {
                          ended("runner", failure);
                      }));
        net::co_spawn(host_, watch(server, runner, api), [this](std::exception_ptr failure) { ended("watch", failure); });
        net::co_spawn(host_, feed_watchdog(), net::bind_cancellation_slot(stop_watchdog_.slot(), [](std::exception_ptr) {}));
        api.set_ready(true);
        tell_service_manager("READY=1\nSTATUS=Serving " + url);
        host_.run();
        teller_.reset();
        log_.write(log_level::info, "stopped");
        return status_;
    }

private:
    /// The control group of steps in the network of this machine; empty where there can be none.
    std::string close_metadata()
    {
        net::io_context now;
        auto made = net::co_spawn(now, make_closed_group(), net::use_future);
        now.run();
        try {
            return made.get();
        } catch (error const& e) {
            log_.write(log_level::warning, "RUN steps, and steps with `network: host`, reach the metadata service of this machine",
                       {{"reason", e.text()}});
            return {};
        }
    }

    void close_own_port(std::string const& group, std::uint16_t port)
    {
        net::io_context now;  // what waits at the server's own begins with the server
        auto closed = net::co_spawn(now, close_port(group, port), net::use_future);
        now.run();
        try {
            closed.get();
        } catch (error const& e) {
            log_.write(log_level::warning, "RUN steps, and steps with `network: host`, reach the API of this server, which has no users",
                       {{"reason", e.text()}});
        }
    }

    std::string url_of(std::uint16_t port) const
    {
        return (options_.certificate.empty() ? "http://" : "https://")
               + (options_.address.find(':') == std::string::npos ? options_.address : "[" + options_.address + "]") + ":"
               + std::to_string(port);
    }

    /// What deliveries of triggers without a secret of their own are signed with. Where webhooks are registered by this
    /// server, nobody needs to know it; its form suits the hosts that want a user, too.
    std::string webhook_secret() const
    {
        auto given = secret_of_file(options_.webhook_secret_file);
        if (given.empty() && !options_.public_url.empty())
            given = "acrx:" + to_hex(hmac_sha256(folder_.link_key(), "webhooks"));
        return given;
    }

    api_options settings_of_api()
    {
        api_options api;
        api.registry_name = options_.registry_name;
        api.login_server = options_.runs.connection.registry;
        api.public_url = options_.public_url;
        api.link_key = folder_.link_key();
        api.piece_folder = folder_.piece_folder();
        api.piece_budget = options_.context_budget;
        api.webhook_secret = webhook_secret();
        api.registry_secret = secret_of_file(options_.registry_secret_file);
        api.is_for_loopback_alone = !has_users(options_);
        api.page_size = options_.page_size;
        api.failed = [this](std::exception_ptr failure) { log_.write("a request failed", failure); };
        return api;
    }

    http_server_options settings_of_server()
    {
        http_server_options server;
        server.address = options_.address;
        server.port = options_.port;
        server.certificate = options_.certificate;
        server.private_key = options_.private_key;
        server.failed = [this](std::exception_ptr failure) { log_.write("an answer failed", failure); };
        server.served = [this](served_summary const& each) {
            log_.write(log_level::info, "served",
                       {{"method", each.method}, {"path", each.path}, {"status", std::to_string(each.status)},
                        {"peer", each.peer},
                        {"ms", std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(each.took).count())}});
        };
        return server;
    }

    template<class Api>
    runner_options settings_of_runner(Api api, standard_runner_service service)
    {
        runner_options runner;
        runner.worker = folder_.worker_name();
        runner.concurrency = options_.concurrency;
        runner.log_retention = options_.log_retention;
        runner.on_trouble = [this](std::string const& what) { log_.write(log_level::warning, "trouble", {{"err", what}}); };
        runner.on_tasks = [this](task_changes const& changes) {
            for (auto& work : registrar_->follow(changes))
                start_errand(std::move(work), "a webhook");
        };
        runner.on_change = [this, api, service](acrx::run_record const& run) mutable {
            log_.write(log_level::info, "run", {{"run", run.id}, {"task", run.task}, {"status", std::string(to_string(run.status))}, {"err", run.error}});
            if (status_of_commit(run, {}))
                start_errand(report_commit(service, run), "a status");
            measure_run(api.metrics(), run);
        };
        return runner;
    }

    /// What is not told is in the log of the server.
    void tell_ends(finished_hook hook, standard_runner_service service, time_point since)
    {
        teller_.emplace(std::move(service), std::move(hook), since, [this](std::string const& run, std::string const& why) {
            log_.write(log_level::warning, "the end of a run is not told", {{"run", run}, {"err", why}});
        });
        start_errand(teller_->run(), "telling of runs that ended");
    }

    /// Tells the git host; that it cannot be told is no failure of the run, and its log says so.
    net::awaitable<void> report_commit(standard_runner_service service, acrx::run_record run)
    {
        auto task = co_await service.find_task(run.task);
        if (!task)
            co_return;
        std::string trouble;
        try {
            co_await reporter_->report(run, std::move(*task));
        } catch (error const& e) {
            trouble = e.text() + (e.advice().empty() ? "" : ". " + e.advice());
        }
        if (!trouble.empty())
            service.note(run.id, "warning: " + trouble);
    }

    /// Does what others are to be told beside the runs; it may end after the server has begun to stop.
    void start_errand(net::awaitable<void> work, std::string what)
    {
        auto const place = stop_errands_.emplace(stop_errands_.end());
        auto ended = [this, place, what = std::move(what)](std::exception_ptr failure) {
            if (failure && !is_stopping_)
                log_.write(what + " failed", failure);
            stop_errands_.erase(place);
        };
        net::co_spawn(host_, std::move(work), net::bind_cancellation_slot(place->slot(), std::move(ended)));
    }

    void ended(std::string_view what, std::exception_ptr failure)
    {
        if (!failure || is_stopping_)
            return;
        log_.write(std::string(what) + " failed", failure);
        status_ = exit_status::internal;
        host_.stop();
    }

    /// Waits for signals; returns when all has come to its end.
    template<class Server, class Runner, class Api>
    net::awaitable<void> watch(Server& server, Runner& runner, Api& api)
    {
        for (int number = SIGHUP; number == SIGHUP;) {
            number = co_await signals_.async_wait(net::use_awaitable);
            if (number == SIGHUP)
                reload(server, api);
        }
        signals_.clear();  // so that the next signal ends the process at once
        is_stopping_ = true;
        api.set_ready(false);
        log_.write(log_level::info, "stopping", {{"runs", std::to_string(runner.active())}});
        tell_service_manager("STOPPING=1");
        co_await runner.drain(options_.drain);
        server.stop();
        stop_runner_.emit(net::cancellation_type::terminal);
        stop_watchdog_.emit(net::cancellation_type::terminal);
        for (auto each = stop_errands_.begin(); each != stop_errands_.end();)
            (each++)->emit(net::cancellation_type::terminal);  // which may end it, and remove it here
    }

    template<class Server, class Api>
    void reload(Server& server, Api& api)
    {
        try {
            api.set_door(doors_of(options_));
            if (!options_.certificate.empty())
                server.reload_certificate();
            log_.write(log_level::info, "read tokens and certificates again");
        } catch (error const&) {
            log_.write("reading tokens and certificates again: the old ones stay", std::current_exception());
        }
    }

    net::awaitable<void> feed_watchdog()
    {
        auto const interval = watchdog_interval();
        if (!interval)
            co_return;
        net::steady_timer timer(host_);
        while (true) {
            tell_service_manager("WATCHDOG=1");
            timer.expires_after(*interval);
            co_await timer.async_wait(net::use_awaitable);
        }
    }

    serve_options const& options_;
    server_log log_;
    state_folder state_;
    runner_state folder_;
    std::optional<file_lock> lock_;
    net::io_context host_{1};
    net::signal_set signals_{host_, SIGINT, SIGTERM, SIGHUP};
    net::cancellation_signal stop_runner_;
    net::cancellation_signal stop_watchdog_;
    std::optional<end_teller> teller_;
    std::optional<webhook_registrar> registrar_;
    std::optional<commit_reporter> reporter_;
    std::list<net::cancellation_signal> stop_errands_;  ///< one for each that goes on
    bool is_stopping_ = false;
    exit_status status_ = exit_status::success;
    net::thread_pool pool_;  // joined first: its threads use what is above
};
}  // namespace detail

ACRX_DECL exit_status serve(serve_options const& options, console& streams)
{
    detail::check_serve_options(options);
    detail::runner_server server(options, streams, state_of(options.runs.connection.home));
    return server.run();
}
}  // namespace acrx::cli
#endif
