// What does acrx-runner bear? Deliveries, the way to the first step, stored tasks, watched base images, log readers.
//
// Usage: bench_runner [deliveries|first_step|tasks|base_images|log_readers]...
// Needs root and /bin/busybox (busybox-static). All traffic stays on loopback; every record is on disk when it is told.
#include "runner_under_load.hpp"

#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/trigger/base_image_polling.hpp>
#include <acrx/trigger/webhook_signature.hpp>
#include <quick_task/measured_process.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace fs = std::filesystem;
using namespace acrx;
using acrx::bench::must_send;
using acrx::bench::runner_under_load;
using namespace std::chrono_literals;

namespace {
double seconds_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The value below which `share` of all lie.
double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

void wait_for(net::awaitable<void> work)
{
    net::io_context context;
    auto done = co_spawn(context, std::move(work), net::use_future);
    context.run();
    done.get();
}

/// Sends `count` requests over `connections` connections. @return the seconds of each
std::vector<double> send_all(int count, int connections, std::function<http_request(int)> const& make)
{
    net::io_context context;
    std::vector<double> seconds;
    int next = 0;
    auto const worker = [&](http_client client) -> net::awaitable<void> {
        while (next < count) {
            auto request = make(next++);
            auto const begin = std::chrono::steady_clock::now();
            co_await must_send(client, std::move(request));
            seconds.push_back(seconds_since(begin));
        }
    };
    std::vector<std::future<void>> done;
    for (int i = 0; i < connections; ++i)
        done.push_back(co_spawn(context, worker(http_client{}), net::use_future));
    context.run();
    for (auto& each : done)
        each.get();
    return seconds;
}

std::string const closed_pool = R"({"properties":{"count":0}})";

/// A task file with one command, as the API takes it.
std::string encoded_task(std::string const& command)
{
    return to_base64("steps:\n  - cmd: \"" + command + "\"\n");
}

std::string trivial_step()
{
    return R"("step":{"type":"EncodedTask","encodedTaskContent":")" + encoded_task("busybox:bench true") + "\"}";
}

void make_busybox(fs::path const& folder, fs::path const& home)
{
    fs::create_directories(folder);
    fs::copy_file("/bin/busybox", folder / "busybox", fs::copy_options::overwrite_existing);
    std::ofstream(folder / "Dockerfile") << "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", "
                                            "\"--install\", \"-s\", \"/bin\"]\nCMD [\"sh\"]\n";
    bench::run({ACRX_QUICK, "build", "--no-push", "--home", home.string(), "-t", "busybox:bench", folder.string()},
               (folder / "log").string());
}

/// Pushes told by a git host, each of a commit of its own and proven by a signature; each is a stored run.
void measure_deliveries(fs::path const& folder)
{
    constexpr int count = 3000;
    runner_under_load const runner(ACRX_RUNNER, folder);
    auto const task =
        R"({"properties":{"agentPoolName":"closed",)" + trivial_step()
        + R"(,"trigger":{"sourceTriggers":[{"name":"s","sourceTriggerEvents":["commit"],"webhookSecret":"secret",
        "sourceRepository":{"sourceControlType":"Github","repositoryUrl":"https://github.com/acme/app.git","branch":"main"}}]}}})";
    send_all(1, 1, [&](int) { return runner.arm("PUT", "agentPools/closed", closed_pool); });
    send_all(1, 1, [&](int) { return runner.arm("PUT", "tasks/hello", task); });
    auto const delivery = [&](int n) {
        std::array<char, 41> commit{};
        std::snprintf(commit.data(), commit.size(), "%040x", n + 1);
        auto const body =
            R"({"ref":"refs/heads/main","before":"0000000000000000000000000000000000000000","after":")"
            + std::string(commit.data())
            + R"(","repository":{"clone_url":"https://github.com/acme/app.git","default_branch":"main"},"commits":[],"sender":{"login":"x"}})";
        auto request = runner.request("POST", "/hooks/git/github", body);
        request.headers.set("X-GitHub-Event", "push");
        request.headers.set("X-GitHub-Delivery", "delivery-" + std::to_string(n));
        request.headers.set("X-Hub-Signature-256", "sha256=" + to_hex(hmac_sha256("secret", body)));
        return request;
    };
    auto const begin = std::chrono::steady_clock::now();
    auto const seconds = send_all(count, 16, delivery);
    std::printf("deliveries     %d webhooks, each a durable run: %.0f a second; %.1f ms median, %.1f ms p99\n", count,
                count / seconds_since(begin), quantile(seconds, 0.5) * 1e3, quantile(seconds, 0.99) * 1e3);
}

net::awaitable<void> read_until(http_client client, http_request request, std::string mark, std::size_t times)
{
    auto answer = co_await client.open(std::move(request));
    std::string tail;
    std::size_t found = 0;
    auto const sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        tail.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        std::size_t at = 0;
        for (std::size_t hit = tail.find(mark); hit != std::string::npos; hit = tail.find(mark, at)) {
            ++found;
            at = hit + mark.size();
        }
        tail.erase(0, std::max(at, tail.size() - std::min(tail.size(), mark.size() - 1)));
        if (found >= times)
            throw std::out_of_range("enough");  // the only way to leave a log that goes on
        co_return;
    };
    try {
        co_await answer.read(sink);
    } catch (std::out_of_range const&) {
        co_return;
    }
    if (found < times)
        throw std::runtime_error("the log has " + std::to_string(found) + " times '" + mark + "', not "
                                 + std::to_string(times));
}

/// Asks for a run. @return its id
net::awaitable<std::string> start(runner_under_load const& runner, http_client client, std::string command)
{
    auto request =
        runner.arm("POST", "scheduleRun",
                   R"({"type":"EncodedTaskRunRequest","encodedTaskContent":")" + encoded_task(command) + "\"}");
    auto const answer = co_await must_send(client, std::move(request));
    auto const run = boost::json::parse(answer.body);
    co_return std::string(run.at("name").as_string());
}

http_request followed(runner_under_load const& runner, std::string const& id)
{
    auto request = runner.request("GET", "/logs/" + id);
    request.headers.set("Accept", "text/event-stream");
    return request;
}

/// From the request to the first byte that the first step of the run writes.
void measure_first_step(fs::path const& folder)
{
    make_busybox(folder / "busybox", folder);
    runner_under_load const runner(ACRX_RUNNER, folder);
    std::vector<double> seconds;
    for (int i = 0; i < 21; ++i) {
        auto const one = [&]() -> net::awaitable<void> {
            http_client client;
            auto const begin = std::chrono::steady_clock::now();
            auto const id = co_await start(runner, client, "busybox:bench sh -c 'echo here it is | tr a-z A-Z'");
            auto request = followed(runner, id);
            co_await read_until(client, std::move(request), "HERE IT IS", 1);
            seconds.push_back(seconds_since(begin));
        };
        wait_for(one());
    }
    std::printf("first_step     request to the first line of its container: %.0f ms median, %.0f ms p95\n",
                quantile(seconds, 0.5) * 1e3, quantile(seconds, 0.95) * 1e3);
}

/// Tasks that each have a timer, and nothing to do for now.
void measure_tasks(fs::path const& folder)
{
    constexpr int count = 10'000;
    runner_under_load const runner(ACRX_RUNNER, folder);
    send_all(1, 1, [&](int) { return runner.arm("PUT", "agentPools/closed", closed_pool); });
    auto const empty = runner.use();
    auto const begin = std::chrono::steady_clock::now();
    send_all(count, 8, [&](int n) {
        auto const schedule = std::to_string(n % 60) + " " + std::to_string(n % 24) + " 29 2 *";
        return runner.arm("PUT", "tasks/task" + std::to_string(n),
                          R"({"properties":{"agentPoolName":"closed",)" + trivial_step()
                              + R"(,"trigger":{"timerTriggers":[{"name":"t","schedule":")" + schedule + "\"}]}}}");
    });
    auto const stored = seconds_since(begin);
    std::this_thread::sleep_for(5s);
    auto const before = runner.use();
    std::this_thread::sleep_for(20s);
    auto const after = runner.use();
    std::printf("tasks          %d with a timer: stored at %.0f a second; idle %.2f %% of a processor, %.0f MB (%.0f "
                "MB without)\n",
                count, count / stored, (after.processor_seconds - before.processor_seconds) / 20 * 100, after.megabytes,
                empty.megabytes);
}

/// A registry that tells digests and counts who asks.
struct counted_registry
{
    std::shared_ptr<std::uint64_t> asked = std::make_shared<std::uint64_t>(0);

    net::awaitable<std::optional<descriptor>> resolve(reference const& ref)
    {
        ++*asked;
        descriptor found;
        found.digest = digest_of(to_string(ref));
        co_return found;
    }
};

/// A day of looks at base images on twenty registries, with a clock that jumps; what the answers cost is not in it.
void measure_base_images()
{
    constexpr int count = 10'000;
    counted_registry registry;
    manual_clock clock{parse_rfc3339("2026-01-01T00:00:00Z")};
    base_image_polling<counted_registry, manual_clock> source{registry, clock};
    for (int i = 0; i < count; ++i)
        source.watch("registry" + std::to_string(i % 20) + ".example.com/base" + std::to_string(i) + ":1");
    net::io_context context;
    auto const look = [&]() -> net::awaitable<void> {
        for (;;) {
            auto const event = co_await source.next();
            if (!event)
                co_return;
            co_await source.acknowledge();
        }
    };
    auto const begin = std::chrono::steady_clock::now();
    co_spawn(context, look(), net::detached);
    for (int second = 0; second < 24 * 3600; second += 10) {
        clock.advance(10s);
        source.wake();
        context.restart();
        context.poll();
    }
    std::printf("base_images    %d watched for a day: %.1f requests a second, %.1f s of processor time\n", count,
                static_cast<double>(*registry.asked) / (24 * 3600), seconds_since(begin));
}

/// Readers of one live log; all have all lines when the time ends.
void measure_log_readers(fs::path const& folder)
{
    constexpr int readers = 500;
    constexpr std::size_t lines = 1000;
    std::string const mark = "A LINE OF THE LOG";
    make_busybox(folder / "busybox", folder);
    runner_under_load const runner(ACRX_RUNNER, folder);
    std::chrono::steady_clock::time_point begin;
    auto const all = [&]() -> net::awaitable<void> {
        http_client client;
        auto const id = co_await start(
            runner, client, "busybox:bench sh -c 'sleep 3; yes a line of the log | head -n 1000 | tr a-z A-Z'");
        auto const executor = co_await net::this_coro::executor;
        std::vector<std::future<void>> readings;
        begin = std::chrono::steady_clock::now();
        for (int i = 0; i < readers; ++i)
            readings.push_back(
                co_spawn(executor, read_until(http_client{}, followed(runner, id), mark, lines), net::use_future));
        auto request = followed(runner, id);
        co_await read_until(client, std::move(request), mark, 1);
        begin = std::chrono::steady_clock::now();
        for (auto& each : readings)
            while (each.wait_for(0s) != std::future_status::ready) {
                net::steady_timer pause(executor, 5ms);
                co_await pause.async_wait(net::use_awaitable);
            }
        for (auto& each : readings)
            each.get();
    };
    auto const before = runner.use();
    wait_for(all());
    auto const took = seconds_since(begin);
    auto const after = runner.use();
    std::printf("log_readers    %d readers have %zu new lines within %.2f s: %.0f lines a second; server %.2f s of "
                "processor time, %.0f MB\n",
                readers, lines, took, readers * static_cast<double>(lines) / took,
                after.processor_seconds - before.processor_seconds, after.megabytes);
}
}  // namespace

int main(int argc, char** argv)
try {
    auto const folder = fs::temp_directory_path() / ("acrx-bench-runner-" + std::to_string(::getpid()));
    std::vector<std::pair<std::string, std::function<void()>>> const all{
        {"deliveries", [&] { measure_deliveries(folder / "deliveries"); }},
        {"first_step", [&] { measure_first_step(folder / "first_step"); }},
        {"tasks", [&] { measure_tasks(folder / "tasks"); }},
        {"base_images", [] { measure_base_images(); }},
        {"log_readers", [&] { measure_log_readers(folder / "log_readers"); }},
    };
    std::vector<std::string> const wanted(argv + 1, argv + argc);
    for (auto const& word : wanted)
        if (std::none_of(all.begin(), all.end(), [&](auto const& one) { return one.first == word; }))
            throw std::invalid_argument("there is no measurement '" + word + "'");
    for (auto const& [name, measure] : all)
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) {
            measure();
            std::fflush(stdout);
        }
    fs::remove_all(folder);
    return 0;
} catch (std::exception const& e) {
    std::cerr << "bench_runner: " << e.what() << '\n';
    return 1;
}
