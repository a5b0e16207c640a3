#include <acrx/triggered_runner/basic_triggered_runner.hpp>

#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/run/sqlite_store.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>

using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(triggered_runner_sudden_death)

namespace {
using acrx::testing::scratch_folder;

void add_line(std::filesystem::path const& file, std::string const& line)
{
    unique_fd const open(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    auto const text = line + "\n";
    if (::write(open.get(), text.data(), text.size()) < 0)
        ::_exit(3);
}

std::vector<std::string> lines_of(std::filesystem::path const& file)
{
    std::istringstream text(read_file_if_exists(file).value_or(""));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

std::string commit_of(std::size_t number)
{
    auto text = std::to_string(number);
    return std::string(40 - text.size(), '0') + text;
}

/// A host that tells of commits without end, and tells the last one again until it is acknowledged.
class busy_host
{
public:
    explicit busy_host(std::filesystem::path acknowledged) : file_(std::move(acknowledged)), next_(lines_of(file_).size()) {}

    net::awaitable<std::optional<trigger_event>> next()
    {
        git_push push;
        push.repository_url = "https://example.com/o/r";
        push.branch = push.default_branch = "main";
        push.commit = commit_of(next_);
        co_return trigger_event{"delivery-" + std::to_string(next_), "GitHub", push};
    }
    net::awaitable<void> acknowledge()
    {
        add_line(file_, commit_of(next_++));
        co_return;
    }

private:
    std::filesystem::path file_;
    std::size_t next_;
};

class quiet_host
{
public:
    net::awaitable<std::optional<trigger_event>> next() { co_return std::nullopt; }
    net::awaitable<void> acknowledge() { co_return; }
};

/// Leaves a line for each run that it begins.
class noting_engine
{
public:
    explicit noting_engine(std::filesystem::path begun) : file_(std::move(begun)) {}

    net::awaitable<run_outcome> run(run_order order, run_output output)
    {
        add_line(file_, order.record.id);
        output.write("working\n");
        net::steady_timer timer(co_await net::this_coro::executor, std::chrono::microseconds(200));
        co_await timer.async_wait(net::use_awaitable);
        co_return run_outcome{.succeeded = true};
    }

private:
    std::filesystem::path file_;
};

using service_type = basic_runner_service<sqlite_store, system_clock>;

/// A client that asks for runs, and notes those that were promised to it.
net::awaitable<void> ask_for_runs(service_type& service, std::filesystem::path promised)
{
    for (;;) {
        run_request request;
        request.what = stored_task{"first", {}};
        auto const record = co_await service.schedule(std::move(request));
        add_line(promised, record.id);
    }
}

struct machine
{
    explicit machine(scratch_folder const& folder)
        : store(folder / "runner.db", secret_box(secret_key{}), pool.get_executor()), service(store, {folder / "logs", folder / "uploads"})
    {}

    net::io_context host{1};
    net::thread_pool pool{1};
    sqlite_store store;
    service_type service;
};

/// What the process does that is to be killed; never comes back.
void work_until_killed(scratch_folder const& folder)
{
    try {
        machine m(folder);
        basic_triggered_runner runner(busy_host(folder / "acknowledged"), m.service, noting_engine(folder / "begun"),
                                      runner_options{.concurrency = 4});
        net::co_spawn(m.host, runner.run(), net::detached);
        net::co_spawn(m.host, ask_for_runs(m.service, folder / "promised"), net::detached);
        m.host.run();
    } catch (std::exception const& e) {
        add_line(folder / "trouble", e.what());
    }
    ::_exit(4);
}

void kill_soon(scratch_folder const& folder, std::chrono::microseconds time)
{
    auto const child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        work_until_killed(folder);
    }
    std::this_thread::sleep_for(time);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_REQUIRE_MESSAGE(WIFSIGNALED(status), "the runner ended by itself: " << read_file_if_exists(folder / "trouble").value_or(""));
}

task_definition task_on_push(std::string name)
{
    task_definition task;
    task.name = std::move(name);
    text_step step;
    step.task = "steps: []";
    task.step = step_definition{step, {}, {}};
    task.triggers.sources.emplace_back();
    task.triggers.sources[0].filter.repository_url = "https://example.com/o/r";
    return task;
}

/// Works off the queue, then gives all records.
std::vector<run_record> settle(scratch_folder const& folder)
{
    machine m(folder);
    std::vector<run_record> records;
    auto const wait = [](machine& here, std::vector<run_record>& all, scratch_folder const& files) -> net::awaitable<void> {
        basic_triggered_runner runner(quiet_host(), here.service, noting_engine(files / "begun"), runner_options{.concurrency = 8});
        net::steady_timer timer(here.host);
        net::cancellation_signal end;
        net::co_spawn(here.host, runner.run(), net::bind_cancellation_slot(end.slot(), [](std::exception_ptr) {}));
        for (bool is_done = false; !is_done;) {
            timer.expires_after(5ms);
            co_await timer.async_wait(net::use_awaitable);
            auto const queued = co_await here.service.count_queued("");
            is_done = queued == 0 && runner.active() == 0;
        }
        end.emit(net::cancellation_type::terminal);
        timer.expires_after(50ms);
        co_await timer.async_wait(net::use_awaitable);
        run_query all_runs;
        all_runs.top = 0;
        auto page = co_await here.service.runs(all_runs);
        all = std::move(page.runs);
    };
    net::co_spawn(m.host, wait(m, records, folder), net::detached);
    m.host.run();
    return records;
}
}  // namespace

BOOST_AUTO_TEST_CASE(loses_no_event_and_starts_no_run_twice)
{
    constexpr int kills = 250;
    scratch_folder const folder;
    {
        machine m(folder);
        auto const save = [](service_type& service) -> net::awaitable<void> {
            co_await service.save_task(task_on_push("first"));
            co_await service.save_task(task_on_push("second"));
        };
        net::co_spawn(m.host, save(m.service), net::detached);
        m.host.run();
    }
    std::mt19937 random(20260301);
    for (int i = 0; i < kills; ++i)
        kill_soon(folder, std::chrono::microseconds(random() % 50000));

    BOOST_TEST(lines_of(folder / "begun").size() > 20);
    auto const records = settle(folder);
    auto const begun_ids = lines_of(folder / "begun");
    std::map<std::string, run_record> by_id;
    std::map<std::pair<std::string, std::string>, int> runs_of;  // task and commit
    for (auto const& record : records) {
        BOOST_TEST(by_id.emplace(record.id, record).second);
        if (auto const* push = std::get_if<git_push>(&record.cause.event.what))
            ++runs_of[{record.task, push->commit}];
        BOOST_TEST(is_final(record.status), record.id << " is " << to_string(record.status));
    }
    auto const acknowledged = lines_of(folder / "acknowledged");
    auto const promised = lines_of(folder / "promised");
    BOOST_TEST_MESSAGE(acknowledged.size() << " events, " << promised.size() << " promises, " << records.size() << " runs, "
                                           << begun_ids.size() << " begun");
    BOOST_TEST(acknowledged.size() > 20);
    BOOST_TEST(promised.size() > 20);
    for (auto const& commit : acknowledged)
        for (auto const* task : {"first", "second"}) {
            auto const count = runs_of[std::pair(task, commit)];
            BOOST_TEST(count == 1, task << " has " << count << " runs of " << commit);
        }
    for (auto const& [what, count] : runs_of)
        BOOST_TEST(count == 1);
    for (auto const& id : promised)
        BOOST_TEST(by_id.contains(id), "the run " << id << " is lost");
    std::set<std::string> begun;
    for (auto const& id : begun_ids)
        BOOST_TEST(begun.insert(id).second, "the run " << id << " was started twice");
    std::size_t interrupted = 0;
    for (auto const& record : records) {
        BOOST_TEST((record.status == run_status::succeeded || record.status == run_status::error));
        interrupted += record.status == run_status::error;
    }
    BOOST_TEST(interrupted > 0);
}

BOOST_AUTO_TEST_SUITE_END()
