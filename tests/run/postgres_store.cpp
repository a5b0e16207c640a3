#include <acrx/run/postgres_store.hpp>

#include <acrx/core/error.hpp>
#include <acrx/run/detail/postgres_database.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <support/postgres_cluster.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;
using acrx::testing::postgres_cluster;

BOOST_AUTO_TEST_SUITE(run_postgres_store)

namespace {
auto const noon = parse_rfc3339("2026-03-01T12:00:00Z");

/// A runner's view of a database: its store and its threads.
struct runner
{
    explicit runner(std::string const& where, secret_key const& key = {})
        : store(where, secret_box(key), pool.get_executor(), 3)
    {}

    /// Waits on the calling thread, of which there may be many.
    template<class T>
    T wait(net::awaitable<T> call)
    {
        return net::co_spawn(pool, std::move(call), net::use_future).get();
    }
    std::size_t add(std::size_t count, std::vector<std::string> keys = {})
    {
        acceptance event{.keys = std::move(keys), .at = noon};
        event.runs.resize(count);
        auto const added = wait(store.accept(event));
        return added ? added->size() : 0;
    }
    std::optional<claimed_run> claim(std::string const& worker = "w")
    {
        return wait(store.claim({.worker = worker, .at = noon, .until = noon + 30s}));
    }
    bool change(claimed_run const& run, run_status status)
    {
        return wait(store.change(run.record.id, run.fence, {.status = status, .at = noon}));
    }

    net::thread_pool pool{3};
    postgres_store store;
};

std::string text_of_failure(std::string const& where)
{
    try {
        runner one(where);
    } catch (error const& e) {
        BOOST_TEST(!e.advice().empty(), e.what());
        return e.text();
    }
    BOOST_ERROR("no failure");
    return {};
}

bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != text.npos;
}

/// Ends the connections of the stores, again and again.
std::jthread kill_connections(postgres_cluster& cluster)
{
    return std::jthread([where = cluster.url("application_name=killer")](std::stop_token end) {
        detail::postgres_connection killer(where);
        while (!end.stop_requested()) {
            killer.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'acrx'");
            std::this_thread::sleep_for(30ms);
        }
    });
}
}  // namespace

BOOST_AUTO_TEST_CASE(runners_on_one_database_hand_out_each_run_once)
{
    auto const where = postgres_cluster::shared().new_schema();
    runner first(where);
    runner second(where);
    constexpr std::size_t count = 300;
    BOOST_TEST(first.add(count) == count);
    std::vector<std::future<std::vector<std::string>>> workers;
    for (auto* one : {&first, &second, &first, &second})
        workers.push_back(std::async(std::launch::async, [one] {
            std::vector<std::string> seen;
            while (auto const claimed = one->claim())
                seen.push_back(claimed->record.id);
            return seen;
        }));
    std::set<std::string> all;
    std::size_t handed_out = 0;
    for (auto& worker : workers)
        for (auto const& id : worker.get())
            all.insert(id), ++handed_out;
    BOOST_TEST(handed_out == count);
    BOOST_TEST(all.size() == count);
}

BOOST_AUTO_TEST_CASE(runners_that_see_one_event_record_it_once)
{
    auto const where = postgres_cluster::shared().new_schema();
    runner first(where);
    runner second(where);
    for (int event = 0; event < 20; ++event) {
        std::vector<std::string> const keys{"delivery/" + std::to_string(event), "content/" + std::to_string(event)};
        std::vector<std::future<std::size_t>> seen;
        for (auto* one : {&first, &second, &first, &second})
            seen.push_back(std::async(std::launch::async, [&, one] {
                return one->add(2, one == &first ? keys : std::vector{keys[1], keys[0]});
            }));
        std::size_t recorded = 0;
        for (auto& each : seen)
            recorded += each.get();
        BOOST_TEST(recorded == 2U);
    }
    BOOST_TEST(first.wait(first.store.count_queued("")) == 40U);
}

BOOST_AUTO_TEST_CASE(a_lease_that_ran_out_goes_to_another_runner_for_good)
{
    auto const where = postgres_cluster::shared().new_schema();
    runner first(where);
    runner second(where);
    first.add(1);
    auto const lost = first.claim("first");
    BOOST_TEST(second.wait(second.store.recover("second", noon + 29s)).empty());
    BOOST_TEST(second.wait(second.store.recover("second", noon + 31s)).size() == 1U);
    auto const taken = second.claim("second");
    BOOST_TEST(taken->record.id == lost->record.id);
    BOOST_TEST(!first.change(*lost, run_status::running));
    BOOST_TEST(second.change(*taken, run_status::running));
    BOOST_TEST(!first.change(*lost, run_status::succeeded));
    BOOST_TEST(second.change(*taken, run_status::succeeded));
}

BOOST_AUTO_TEST_CASE(calls_outlive_their_connections_and_happen_once)
{
    auto& cluster = postgres_cluster::shared();
    auto const where = cluster.new_schema();
    runner first(where);
    runner second(where);
    std::atomic<int> refused = 0;
    {
        auto const killer = kill_connections(cluster);
        std::vector<std::future<void>> workers;
        for (auto* one : {&first, &second})
            workers.push_back(std::async(std::launch::async, [&, one] {
                for (int i = 0; i < 60; ++i) {
                    one->add(1, {std::to_string(i) + (one == &first ? "/first" : "/second")});
                    auto const claimed = one->claim();
                    if (!claimed || !one->change(*claimed, run_status::running) || !one->change(*claimed, run_status::succeeded))
                        ++refused;
                }
            }));
        for (auto& worker : workers)
            worker.get();
    }
    // Two that claim at once may find the one run locked, so a claim can come back empty, but nothing is left half done.
    while (auto const claimed = first.claim())
        BOOST_TEST((first.change(*claimed, run_status::running) && first.change(*claimed, run_status::succeeded)));
    auto const page = first.wait(first.store.runs({.top = 0}));
    BOOST_TEST(page.runs.size() == 120U);
    for (auto const& run : page.runs)
        BOOST_TEST((run.status == run_status::succeeded), run.id << " is " << to_string(run.status));
    BOOST_TEST(refused < 20);
}

BOOST_AUTO_TEST_CASE(knows_what_became_of_a_transaction)
{
    auto const where = postgres_cluster::shared().new_schema();
    runner one(where);  // makes the tables
    detail::postgres_database database(where, 1);
    auto const number_of = [&](bool is_kept) {
        return database.change([&](auto& sql) {
            sql.run("INSERT INTO marks VALUES ($1, $1)", std::string(is_kept ? "kept" : "undone"));
            auto row = sql.ask("SELECT pg_current_xact_id()::text::bigint");
            row.step();
            auto const number = row.number(0);
            if (is_kept)
                sql.commit();
            return number;
        });
    };
    BOOST_TEST(database.is_committed(number_of(true)));
    BOOST_TEST(!database.is_committed(number_of(false)));
    BOOST_TEST(one.wait(one.store.marks("")).contains("kept"));
    BOOST_TEST(!one.wait(one.store.marks("")).contains("undone"));
}

BOOST_AUTO_TEST_CASE(tries_again_where_the_connection_is_lost_at_the_commit)
{
    auto& cluster = postgres_cluster::shared();
    auto const where = cluster.new_schema();
    runner one(where);
    cluster.sql(R"(
        CREATE SEQUENCE attempts;
        CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
            IF nextval('attempts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
            RETURN NULL;
        END \$\$;
        CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON runs DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION die();)", where);
    BOOST_TEST(one.add(1) == 1U);
    BOOST_TEST(one.wait(one.store.count_queued("")) == 1U);
    BOOST_TEST(cluster.sql("SELECT last_value FROM attempts", where) == "2\n");
}

/// The server commits, and then waits for a replica that there is not before it answers.
struct unanswered_commits
{
    explicit unanswered_commits(postgres_cluster& server) : server_(server)
    {
        server_.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        server_.sql("SELECT pg_reload_conf()");
    }
    ~unanswered_commits()
    {
        server_.sql("ALTER SYSTEM RESET synchronous_standby_names");
        server_.sql("SELECT pg_reload_conf()");
    }
    /// Ends connections that wait for their answer. @return whether there was one
    bool kill()
    {
        return has(server_.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"), "t");
    }

private:
    postgres_cluster& server_;
};

BOOST_AUTO_TEST_CASE(does_nothing_twice_where_the_answer_to_a_commit_is_lost)
{
    auto& cluster = postgres_cluster::shared();
    runner one(cluster.new_schema());
    int killed = 0;
    std::atomic<bool> is_enough = false;
    std::vector<std::string> claimed;
    {
        unanswered_commits unanswered(cluster);
        auto work = std::async(std::launch::async, [&] {
            while (!is_enough) {
                one.add(1);
                auto const mine = one.claim();
                claimed.push_back(mine ? mine->record.id : "none");
            }
        });
        for (int tries = 0; work.wait_for(10ms) != std::future_status::ready; ++tries) {
            killed += unanswered.kill() ? 1 : 0;
            is_enough = killed >= 4 || tries > 1000;
        }
        work.get();
    }
    BOOST_TEST(killed >= 4);
    BOOST_TEST(one.wait(one.store.runs({.top = 0})).runs.size() == claimed.size());
    BOOST_TEST(std::set(claimed.begin(), claimed.end()).size() == claimed.size());
    BOOST_TEST(std::ranges::count(claimed, "none") == 0);
}

BOOST_AUTO_TEST_CASE(outlives_a_restart_of_the_server)
{
    auto& cluster = postgres_cluster::shared();
    runner one(cluster.new_schema());
    one.add(3);
    cluster.restart();
    BOOST_TEST(one.wait(one.store.count_queued("")) == 3U);
    BOOST_TEST(one.claim().has_value());
}

BOOST_AUTO_TEST_CASE(runners_that_begin_at_once_make_the_tables_once)
{
    auto const where = postgres_cluster::shared().new_schema();
    std::vector<std::future<std::size_t>> starts;
    for (int i = 0; i < 6; ++i)
        starts.push_back(std::async(std::launch::async, [&] {
            runner one(where);
            return one.add(1);
        }));
    for (auto& each : starts)
        BOOST_TEST(each.get() == 1U);
    BOOST_TEST(postgres_cluster::shared().sql("SELECT count(*) FROM acrx_version", where) == "1\n");
}

BOOST_AUTO_TEST_CASE(keeps_any_bytes)
{
    runner one(postgres_cluster::shared().new_schema());
    std::string const odd("\xff\0'\\x%", 7);
    acceptance event{.keys = {odd}, .marks = {{"branch/" + odd, odd}}, .at = noon};
    BOOST_TEST(one.wait(one.store.accept(event)).has_value());
    BOOST_TEST(!one.wait(one.store.accept(event)).has_value());
    BOOST_TEST(one.wait(one.store.marks("branch/\xff")).at("branch/" + odd) == odd);
}

BOOST_AUTO_TEST_CASE(lists_more_runs_than_it_reads_at_once)
{
    runner one(postgres_cluster::shared().new_schema());
    one.add(600);
    BOOST_TEST(one.wait(one.store.runs({.top = 0})).runs.size() == 600U);
    auto const page = one.wait(one.store.runs({.top = 590}));
    BOOST_TEST(page.runs.size() == 590U);
    BOOST_TEST(page.next == 11U);
}

BOOST_AUTO_TEST_CASE(the_tables_hold_no_secret_and_open_with_their_key_alone)
{
    auto& cluster = postgres_cluster::shared();
    auto const where = cluster.new_schema();
    runner one(where);
    task_definition task;
    task.name = "nightly";
    task.step = step_definition{text_step{.task = "steps: []"}, "https://example.com/o/r.git", "geheim"};
    one.wait(one.store.save(task));
    acceptance event{.runs = {{.request = {.what = text_step{.task = "steps: []"}, .context_token = "geheim"}}}, .at = noon};
    one.wait(one.store.accept(event));
    auto const rows = cluster.sql("SELECT encode(body, 'escape') FROM things; "
                                  "SELECT encode(record, 'escape'), encode(request, 'escape') FROM runs", where);
    BOOST_TEST(has(rows, "\"id\":\"ca1\""));
    BOOST_TEST(!has(rows, "geheim"));
    secret_key other{};
    other[0] = std::byte{1};
    BOOST_CHECK_THROW(runner(where, other), error);
}

BOOST_AUTO_TEST_CASE(says_which_server_it_cannot_reach_and_no_password)
{
    auto const text = text_of_failure("postgresql://user:hunter2@/acrx?host=/nowhere/at/all");
    BOOST_TEST(has(text, "the database acrx at /nowhere/at/all"));
    BOOST_TEST(has(text, "No such file"));
    BOOST_TEST(!has(text, "hunter2"));
    for (std::string const where :
         {"postgresql://user:hunt/er2@127.0.0.1/acrx",
          "postgresql://user:1/er2@127.0.0.1/acrx", "postgresql://user:hunt@er2@127.0.0.1/acrx", "password='hunt er2", "er2"}) {
        auto const refused = text_of_failure(where);
        BOOST_TEST(has(refused, "reading the URL of the database"), refused);
        BOOST_TEST(!has(refused, "er2"), refused);
        BOOST_TEST(!has(refused, "hunt"), refused);
    }
}

BOOST_AUTO_TEST_CASE(refuses_tables_of_a_later_version_and_of_others)
{
    auto& cluster = postgres_cluster::shared();
    auto const later = cluster.new_schema();
    runner one(later);
    cluster.sql("UPDATE acrx_version SET version = 7", later);
    auto const text = text_of_failure(later);
    BOOST_TEST(has(text, "version 7"), text);
    auto const taken = cluster.new_schema();
    cluster.sql("CREATE TABLE runs (distance REAL)", taken);
    BOOST_TEST(has(text_of_failure(taken), "already exists"));
    BOOST_TEST(cluster.sql("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", taken) == "1\n");
}

BOOST_AUTO_TEST_SUITE_END()
