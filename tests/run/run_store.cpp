#include <acrx/run/run_store.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <run/store_places.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace acrx;
using namespace std::chrono_literals;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(run_run_store)

namespace {
task_definition full_task()
{
    task_definition task;
    task.name = "Nightly";
    task.tags = {{"team", "a"}};
    task.created = noon;
    task.step = step_definition{docker_step{.images = {"app:{{.Run.ID}}"}, .arguments = {{"TOKEN", "geheim", true}}, .platforms = {"linux/amd64", "linux/arm64"}},
                                "https://example.com/o/r.git#main", "pat-of-the-context"};
    task.triggers.timers = {{"t1", "0 2 * * *", true}};
    task.triggers.sources.emplace_back();
    task.triggers.sources[0].filter.repository_url = "https://example.com/o/r.git";
    task.triggers.sources[0].token = "pat";
    task.triggers.base_image = base_image_trigger{};
    task.credentials.registries["example.com"] = {{"user", false}, {"password", false}, {}};
    return task;
}

template<class Store>
run_record add(Store& store, new_run made)
{
    acceptance event{.runs = {std::move(made)}, .at = noon};
    auto const added = run(store.accept(event));
    BOOST_REQUIRE(added.has_value());
    BOOST_REQUIRE(added->size() == 1);
    return added->front();
}

template<class Store>
std::vector<std::string> ids(Store& store, run_query query)
{
    std::vector<std::string> list;
    for (auto const& record : run(store.runs(std::move(query))).runs)
        list.push_back(record.id);
    return list;
}
}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(keeps_tasks_whole_and_by_name_in_any_case, Place, places)
{
    Place place;
    run(place.store.save(full_task()));
    auto const found = run(place.store.find_task("nightly"));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->name == "Nightly");
    BOOST_CHECK(found->step == full_task().step);
    BOOST_CHECK(found->triggers.timers == full_task().triggers.timers);
    BOOST_CHECK(found->triggers.base_image == full_task().triggers.base_image);
    BOOST_TEST(found->triggers.sources.at(0).token == "pat");
    BOOST_CHECK(found->credentials == full_task().credentials);
    BOOST_CHECK(found->created == noon);
    BOOST_TEST(run(place.store.tasks()).size() == 1);
    BOOST_TEST(run(place.store.remove_task("NIGHTLY")));
    BOOST_TEST(!run(place.store.remove_task("nightly")));
    BOOST_TEST(!run(place.store.find_task("nightly")).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(gives_each_end_to_tell_until_it_is_told, Place, places)
{
    Place place;
    auto const take = [&](time_point now) {
        auto const ended = run(place.store.take_ended(now, now + 60s));
        return ended ? ended->id : std::string();
    };
    auto const first = add(place.store, some_run());
    auto const second = add(place.store, some_run());
    auto const third = add(place.store, some_run());
    BOOST_TEST(take(noon + 24h) == "");
    run(place.store.cancel(second.id, noon + 1s));
    auto const claimed = claim(place.store);
    BOOST_REQUIRE(claimed->record.id == first.id);
    run(place.store.change(first.id, claimed->fence, {.status = run_status::running, .at = noon + 2s}));
    run(place.store.change(first.id, claimed->fence, {.status = run_status::failed, .at = noon + 3s, .error = "step 1"}));
    BOOST_TEST(take(noon) == "");
    BOOST_TEST(take(noon + 5s) == second.id);
    auto const told = run(place.store.take_ended(noon + 5s, noon + 65s));
    BOOST_REQUIRE(told.has_value());
    BOOST_TEST(told->error == "step 1");
    BOOST_TEST(take(noon + 5s) == "");
    run(place.store.set_due(first.id, std::nullopt));
    run(place.store.set_due(second.id, noon + 30s));
    run(place.store.archive(first.id, true));
    run(place.store.cancel(first.id, noon + 6s));
    BOOST_TEST(take(noon + 29s) == "");
    BOOST_TEST(take(noon + 30s) == second.id);
    BOOST_TEST(take(noon + 90s) == second.id);
    run(place.store.set_due(second.id, std::nullopt));
    run(place.store.set_due(second.id, noon));

    auto const lost = claim(place.store, {}, noon + 100s);
    BOOST_REQUIRE(lost->record.id == third.id);
    run(place.store.change(third.id, lost->fence, {.status = run_status::running, .at = noon + 99s}));
    run(place.store.recover("", noon + 101s));
    BOOST_TEST(take(noon + 102s) == third.id);
    BOOST_TEST(take(noon + 102s) == "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tells_which_tasks_were_edited, Place, places)
{
    using names = std::vector<std::string>;
    Place place;
    BOOST_TEST(run(place.store.edits(0)).last == 0U);
    for (auto const* name : {"First", "second", "first"})
        run(place.store.save(task_definition{.name = name}));
    auto const all = run(place.store.edits(0));
    BOOST_TEST(std::set(all.names.begin(), all.names.end()) == (std::set<std::string>{"first", "second"}), boost::test_tools::per_element());
    BOOST_TEST(run(place.store.edits(all.last)).names.empty());
    BOOST_TEST(run(place.store.edits(all.last)).last == all.last);
    BOOST_TEST(run(place.store.edits(all.last - 1)).names == names{"first"}, boost::test_tools::per_element());
    run(place.store.remove_task("SECOND"));
    run(place.store.save(agent_pool{.name = "pool"}));
    BOOST_TEST(run(place.store.edits(all.last)).names == names{"second"}, boost::test_tools::per_element());
    BOOST_TEST(run(place.store.edits(all.last)).last > all.last);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(keeps_pools_and_named_runs, Place, places)
{
    Place place;
    run(place.store.save(agent_pool{.name = "big", .count = 3}));
    BOOST_TEST(run(place.store.find_pool("BIG"))->count == 3);
    BOOST_TEST(run(place.store.pools()).size() == 1);
    named_run named{.name = "deploy", .force_update_tag = "1"};
    named.request.what = stored_task{"nightly", {.target = "x"}};
    run(place.store.save(named));
    BOOST_CHECK(run(place.store.find_named_run("deploy"))->request.what == named.request.what);
    BOOST_TEST(run(place.store.remove_named_run("deploy")));
    BOOST_TEST(run(place.store.named_runs()).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(accepts_an_event_once, Place, places)
{
    Place place;
    acceptance event{.keys = {"GitHub/1", "", "content"}, .runs = {some_run(), some_run()}, .marks = {{"m/1", "x"}}, .at = noon};
    BOOST_TEST(run(place.store.accept(event))->size() == 2);
    BOOST_TEST(!run(place.store.accept(event)).has_value());
    event.keys = {"GitHub/2", "content"};
    BOOST_TEST(!run(place.store.accept(event)).has_value());
    BOOST_TEST(run(place.store.runs({})).runs.size() == 2);
    BOOST_TEST(run(place.store.marks("m/")).at("m/1") == "x");
    event.at = noon + event_memory + 1s;
    BOOST_TEST(run(place.store.accept(event)).has_value());
    BOOST_TEST(!run(place.store.accept(event)).has_value());
    acceptance none{.keys = {""}, .marks = {{"m/1", ""}}, .at = noon};
    BOOST_TEST(run(place.store.accept(none))->empty());
    BOOST_TEST(run(place.store.accept(none)).has_value());
    BOOST_TEST(run(place.store.marks("")).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(gives_ids_that_increase, Place, places)
{
    Place place;
    BOOST_TEST(add(place.store, some_run()).id == "ca1");
    BOOST_TEST(add(place.store, some_run()).id == "ca2");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lists_the_runs_that_go_on, Place, places)
{
    Place place;
    for (int i = 0; i < 5; ++i)
        add(place.store, some_run());
    run(place.store.cancel("ca2", noon));
    run(place.store.claim({"w", "", noon, noon + 1h}));
    auto const ids = [&](run_query query) {
        query.is_going_on = true;
        std::string text;
        for (auto const& each : run(place.store.runs(std::move(query))).runs)
            text += each.id + " ";
        return text;
    };
    BOOST_TEST(ids({}) == "ca5 ca4 ca3 ca1 ");
    BOOST_TEST(ids({.top = 2}) == "ca5 ca4 ");
    BOOST_TEST(ids({.before = 4}) == "ca3 ca1 ");
    BOOST_TEST(ids({.where = {{run_field::status, comparison::equal, "Started"}}}) == "ca1 ");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(hands_out_the_highest_priority_then_the_oldest_of_a_pool, Place, places)
{
    Place place;
    add(place.store, some_run("a"));
    add(place.store, some_run("b", "", 5));
    add(place.store, some_run("c", "Big"));
    add(place.store, some_run("d"));
    BOOST_TEST(run(place.store.count_queued("")) == 3);
    BOOST_TEST(claim(place.store)->record.task == "b");
    auto const second = claim(place.store);
    BOOST_TEST(second->record.task == "a");
    BOOST_CHECK(second->record.status == run_status::started);
    BOOST_CHECK(second->record.started == noon + 1s);
    BOOST_TEST(second->request.context_token == "geheim");
    BOOST_TEST(claim(place.store, "big")->record.task == "c");
    BOOST_TEST(claim(place.store)->record.task == "d");
    BOOST_TEST(!claim(place.store).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(changes_only_forward_and_only_for_the_worker_that_has_it, Place, places)
{
    Place place;
    add(place.store, some_run());
    auto const claimed = claim(place.store);
    auto const change = [&](run_status status, std::uint64_t fence) {
        run_change made{.status = status, .at = noon + 2s};
        made.error = "because";
        made.outputs = {{"r", "app", "1", digest_of("x")}};
        if (status == run_status::failed)
            made.shared = {{"done", {"", claimed->record.id}}};
        return run(place.store.change(claimed->record.id, fence, made));
    };
    BOOST_TEST(!change(run_status::running, claimed->fence + 1));
    BOOST_TEST(change(run_status::running, claimed->fence));
    BOOST_TEST(!change(run_status::started, claimed->fence));
    BOOST_TEST(!change(run_status::queued, claimed->fence));
    BOOST_TEST(change(run_status::failed, claimed->fence));
    BOOST_TEST(!change(run_status::succeeded, claimed->fence));
    BOOST_TEST(!run(place.store.change("none", claimed->fence, {})));
    auto const record = *run(place.store.find_run(claimed->record.id));
    BOOST_CHECK(record.status == run_status::failed);
    BOOST_CHECK(record.finished == noon + 2s);
    BOOST_TEST(record.error == "because");
    BOOST_TEST(record.outputs.size() == 1);
    BOOST_TEST(run(place.store.marks("done")).size() == 1);
    BOOST_TEST(run(place.store.renew("w", noon + 1h)).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(recovers_what_a_worker_left, Place, places)
{
    Place place;
    for (int i = 0; i < 3; ++i)
        add(place.store, some_run());
    auto const waiting = claim(place.store);
    auto const going = claim(place.store);
    auto const ending = claim(place.store);
    for (auto const* one : {&*going, &*ending})
        BOOST_TEST(run(place.store.change(one->record.id, one->fence, {.status = run_status::running, .at = noon})));
    run(place.store.cancel(ending->record.id, noon));
    BOOST_TEST(run(place.store.recover("another", noon + 10s)).empty());
    BOOST_TEST(run(place.store.recover("another", noon + 31s)).size() == 3);
    BOOST_CHECK(run(place.store.find_run(waiting->record.id))->status == run_status::queued);
    BOOST_CHECK(run(place.store.find_run(going->record.id))->status == run_status::error);
    BOOST_TEST(!run(place.store.find_run(going->record.id))->error.empty());
    BOOST_CHECK(run(place.store.find_run(ending->record.id))->status == run_status::canceled);
    // The old worker comes back: it has lost them.
    BOOST_TEST(!run(place.store.change(waiting->record.id, waiting->fence, {.status = run_status::running, .at = noon})));
    auto const anew = claim(place.store);
    BOOST_TEST(anew->record.id == waiting->record.id);
    BOOST_TEST(run(place.store.recover("w", noon)).size() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ends_queued_runs_and_tells_the_worker_of_others, Place, places)
{
    Place place;
    auto const first = add(place.store, some_run());
    auto const second = add(place.store, some_run());
    BOOST_TEST(claim(place.store)->record.id == first.id);
    BOOST_TEST(run(place.store.renew("w", noon + 1h)).empty());
    BOOST_TEST(run(place.store.cancel(first.id, noon))->is_cancel_requested);
    BOOST_CHECK(run(place.store.cancel(second.id, noon))->status == run_status::canceled);
    BOOST_TEST(run(place.store.renew("w", noon + 1h)) == std::vector<std::string>{first.id});
    BOOST_TEST(!run(place.store.cancel("none", noon)).has_value());
    BOOST_TEST(!claim(place.store).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(lists_newest_first_a_page_at_a_time, Place, places)
{
    Place place;
    for (auto const* task : {"a", "b", "a", "a"})
        add(place.store, some_run(task));
    BOOST_TEST(ids(place.store, {}) == (std::vector<std::string>{"ca4", "ca3", "ca2", "ca1"}));
    run_query query{.where = {{run_field::task, comparison::equal, "A"}}, .top = 2};
    BOOST_TEST(ids(place.store, query) == (std::vector<std::string>{"ca4", "ca3"}));
    query.before = run(place.store.runs(query)).next;
    BOOST_TEST(ids(place.store, query) == (std::vector<std::string>{"ca1"}));
    BOOST_TEST(run(place.store.runs(query)).next == 0);
    run(place.store.archive("ca2", true));
    query = {.where = {{run_field::is_archived, comparison::equal, "true"}}};
    BOOST_TEST(ids(place.store, query) == (std::vector<std::string>{"ca2"}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(saves_a_named_run_with_its_run, Place, places)
{
    Place place;
    acceptance event{.runs = {some_run()}, .named = named_run{.name = "deploy"}, .at = noon};
    auto const added = run(place.store.accept(event));
    BOOST_TEST(run(place.store.find_named_run("deploy"))->run == added->front().id);
}

BOOST_AUTO_TEST_CASE(the_file_holds_no_secret_and_opens_with_its_key_alone)
{
    on_disk place;
    run(place.store.save(full_task()));
    add(place.store, some_run());
    std::string bytes;
    for (auto const* name : {"runner.db", "runner.db-wal"}) {
        std::ifstream in(place.folder.path() / name, std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    for (auto const* secret : {"geheim", "password", "pat-of-the-context"})
        BOOST_TEST(bytes.find(secret) == bytes.npos, secret);
    secret_key other{};
    other[0] = std::byte{1};
    BOOST_CHECK_THROW(sqlite_store(place.folder.path() / "runner.db", secret_box(other), place.pool.get_executor()), error);
    auto again = place.again();
    BOOST_TEST(run(again.find_task("nightly")).has_value());
    BOOST_TEST(claim(again)->request.context_token == "geheim");
}

BOOST_AUTO_TEST_CASE(two_connections_hand_out_each_run_once)
{
    on_disk place;
    auto other = place.again();
    for (int i = 0; i < 20; ++i)
        add(place.store, some_run());
    std::set<std::string> seen;
    for (int i = 0; i < 10; ++i) {
        BOOST_TEST(seen.insert(claim(place.store)->record.id).second);
        BOOST_TEST(seen.insert(claim(other)->record.id).second);
    }
    BOOST_TEST(!claim(other).has_value());
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_with_a_database)
{
    on_disk place;
    std::ofstream(place.folder.path() / "text.db") << std::string(4096, 'x');
    BOOST_CHECK_THROW(sqlite_store(place.folder.path() / "text.db", secret_box(secret_key{}), place.pool.get_executor()), error);
    BOOST_CHECK_THROW(sqlite_store(place.folder.path() / "no/folder.db", secret_box(secret_key{}), place.pool.get_executor()), error);
}

BOOST_AUTO_TEST_SUITE_END()
