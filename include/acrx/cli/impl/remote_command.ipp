// Bodies of cli/remote_command.hpp.
#ifndef ACRX_CLI_IMPL_REMOTE_COMMAND_IPP
#define ACRX_CLI_IMPL_REMOTE_COMMAND_IPP
#include <acrx/cli/detail/remote_order.hpp>
#include <acrx/cli/detail/settled_options.hpp>
#include <acrx/cli/detail/supervised_run.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/remote_command.hpp>
#include <acrx/cli/runner_address.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/error.hpp>
#include <acrx/remote/send_context.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <utility>

namespace acrx::cli {
namespace detail {
/// One run at a runner, from the moment that its options are known to be right.
class remote_run
{
public:
    remote_run(build_options const& options, console& streams) : options_(options), streams_(streams) {}

    exit_status run(remote_order order)
    {
        auto const say = [this](std::string_view line) {
            is_stopped_ = true;
            streams_.err.write(std::string(line) + "\n");
        };
        auto const limit = order.limit;
        end_ = std::chrono::steady_clock::now() + limit;
        supervised_run<boost::json::value> host(limit, say);
        runner_client client(transport_to(server_of(options_.runner), options_.runner.token_file, options_.ca_file));
        client_ = &client;  // whose connections are the host's
        auto outcome = host.await(work(std::move(order), host.pool()));
        if (outcome.failure || outcome.stopped != stop_reason::none) {
            streams_.err.write(failure_text(outcome, limit));
            return status_of(outcome.stopped, outcome.failure);
        }
        show(*outcome.result);
        return status_of_run(text_in(*outcome.result, "/properties/status"));
    }

private:
    bool is_stdout_taken() const { return options_.format == output_format::json; }
    bool is_quiet() const { return options_.no_logs || options_.progress == progress_style::quiet; }

    net::awaitable<boost::json::value> work(remote_order order, net::any_io_executor pool)
    {
        co_await client_->find_registry();
        if (!order.parcel.empty())
            co_await send(order, std::move(pool));
        std::string method = "POST";
        std::string path = "scheduleRun";
        // A request that is cut off may have queued a run that nobody would know of.
        co_await net::this_coro::reset_cancellation_state(net::disable_cancellation());
        auto const queued = co_await client_->ask(std::move(method), std::move(path), std::string(), std::move(order.request));
        co_await net::this_coro::reset_cancellation_state();
        id_ = text_in(queued.body, "/name");
        streams_.err.write("Queued a run with ID: " + id_ + "\n");
        std::exception_ptr failure;
        try {
            if (is_stopped_ || std::chrono::steady_clock::now() >= end_)
                throw error(errc::canceled, "running " + id_);
            co_await show_log();
        } catch (...) {
            failure = std::current_exception();
        }
        auto const cancellation = co_await net::this_coro::cancellation_state;
        bool const is_stopped = is_stopped_ || std::chrono::steady_clock::now() >= end_
                                || cancellation.cancelled() != net::cancellation_type::none;
        if (is_stopped) {
            co_await net::this_coro::reset_cancellation_state(net::disable_cancellation());
            co_await cancel();
        }
        if (failure)
            std::rethrow_exception(failure);
        method = "GET";
        path = "runs/" + id_;
        auto ended = co_await client_->ask(std::move(method), std::move(path));
        co_return std::move(ended.body);
    }

    net::awaitable<void> send(remote_order& order, net::any_io_executor pool)
    {
        auto const sent = co_await send_context(*client_, std::move(order.parcel), std::move(pool));
        streams_.err.write("Sent " + to_size_text(sent.sent) + " of a context of " + to_size_text(sent.size) + "\n");
        order.request["sourceLocation"] = sent.relative_path;
    }

    net::awaitable<void> show_log()
    {
        byte_sink sink = [this](std::span<std::byte const> bytes) -> net::awaitable<void> {
            if (!is_quiet())
                (is_stdout_taken() ? streams_.err : streams_.out).write({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
            co_return;
        };
        co_await client_->follow_log(id_, std::move(sink));
    }

    /// Ends the run at the runner, and waits a moment until it says so.
    net::awaitable<void> cancel()
    {
        constexpr int looks = 40;
        std::string method = "POST";
        auto path = "runs/" + id_ + "/cancel";
        co_await client_->ask(std::move(method), std::move(path));
        for (int look = 0; look < looks; ++look) {
            method = "GET";
            path = "runs/" + id_;
            auto const run = co_await client_->ask(std::move(method), std::move(path));
            if (is_final_word(text_in(run.body, "/properties/status")))
                break;
            net::steady_timer pause(co_await net::this_coro::executor, std::chrono::milliseconds(250));
            co_await pause.async_wait(net::use_awaitable);
        }
        is_canceled_ = true;
    }

    std::string failure_text(run_outcome<boost::json::value> const& outcome, std::chrono::seconds limit) const
    {
        auto const stopped = stopped_text(outcome.stopped, limit);
        if (stopped && (id_.empty() || is_canceled_))
            return "error: " + *stopped + (id_.empty() ? "" : "; the run " + id_ + " was canceled") + "\n";
        auto text = outcome.failure ? error_text(outcome.failure) : "error: " + *stopped + "\n";
        if (!id_.empty())
            text += "  hint: the run " + id_ + " goes on at the server: acrx-runner task logs --run-id " + id_ + "\n";
        return text;
    }

    void show(boost::json::value const& run)
    {
        auto const status = text_in(run, "/properties/status");
        if (status_of_run(status) != exit_status::success) {
            auto const why = text_in(run, "/properties/runErrorMessage");
            streams_.err.write("error: the run " + id_ + " ended with status " + status + (why.empty() ? "" : ": " + printable(why)) + "\n");
        }
        if (options_.format == output_format::json)
            return streams_.out.write(pretty_json(record_of(run)));
        if (options_.format == output_format::table)
            return streams_.out.write(table_of_run(run));
        std::string text;
        for (auto const& image : images_of(run)) {
            auto const name = text_in(image, "/registry") + "/" + text_in(image, "/repository");
            text += "Pushed: " + name + ":" + text_in(image, "/tag") + "\nDigest: " + text_in(image, "/digest") + "\n";
        }
        streams_.out.write(text);
    }

    static boost::json::array images_of(boost::json::value const& run)
    {
        boost::json::error_code missing;
        auto const* found = run.find_pointer("/properties/outputImages", missing);
        return found && found->is_array() ? found->get_array() : boost::json::array();
    }

    /// The properties of the run, with the digest where a record of this machine has it.
    static boost::json::object record_of(boost::json::value const& run)
    {
        boost::json::error_code missing;
        auto const* found = run.find_pointer("/properties", missing);
        auto record = found && found->is_object() ? found->get_object() : boost::json::object();
        if (auto const images = images_of(run); !images.empty())
            record["imageDigest"] = text_in(images.front(), "/digest");
        return record;
    }

    static std::string table_of_run(boost::json::value const& run)
    {
        auto const started = text_in(run, "/properties/startTime");
        auto const finished = text_in(run, "/properties/finishTime");
        auto const took = started.empty() || finished.empty() ? std::string()
                                                               : to_duration_text(parse_rfc3339(finished) - parse_rfc3339(started));
        auto const images = images_of(run);
        auto platform = text_in(run, "/properties/platform/os");
        if (auto const processor = text_in(run, "/properties/platform/architecture"); !processor.empty())
            platform += "/" + processor;
        return text_table({{"RUN ID", "PLATFORM", "STATUS", "STARTED", "DURATION", "DIGEST"},
                           {text_in(run, "/name"), platform, text_in(run, "/properties/status"), started.empty() ? started : started.substr(0, 19) + "Z", took,
                            images.empty() ? std::string() : text_in(images.front(), "/digest")}});
    }

    build_options const& options_;
    console& streams_;
    runner_client* client_ = nullptr;
    std::string id_;
    std::chrono::steady_clock::time_point end_{};
    bool is_stopped_ = false;
    bool is_canceled_ = false;
};

/// Makes the order and carries it out; errors are shown.
template<class MakeOrder>
exit_status await_remote_run(build_options const& options, console& streams, MakeOrder make_order)
{
    try {
        auto order = make_order();
        remote_run run(options, streams);
        return run.run(std::move(order));
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return cli::status_of(std::current_exception());
    }
}
}  // namespace detail

ACRX_DECL exit_status status_of_run(std::string_view word)
{
    if (word == "Succeeded")
        return exit_status::success;
    return word == "Timeout" ? exit_status::timeout : exit_status::build_failed;
}

ACRX_DECL exit_status build_remotely(build_options const& options, console& streams)
{
    return detail::await_remote_run(options, streams, [&] {
        return detail::order_of_build(options, process_environment(), detail::read_standard_input);
    });
}

ACRX_DECL exit_status run_remotely(task_options const& options, console& streams)
{
    return detail::await_remote_run(options.connection, streams, [&] {
        return detail::order_of_task(options, detail::read_standard_input);
    });
}
}  // namespace acrx::cli
#endif
