#include <acrx/registry/detail/upload_flow.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::detail;

BOOST_AUTO_TEST_SUITE(registry_upload_flow)

upload_answer says(unsigned status, std::string location = {}, std::string range = {})
{
    return {.status = status, .location = std::move(location), .range = std::move(range), .shortest_chunk = 0};
}

template<class Action>
Action expect(upload_action action)
{
    BOOST_REQUIRE(std::holds_alternative<Action>(action));
    return std::get<Action>(action);
}

BOOST_AUTO_TEST_CASE(small_blobs_go_in_one_put)
{
    upload_flow flow(100, 1000);
    expect<open_session>(flow.start());
    auto const whole = expect<send_whole>(flow.next(says(202, "L1")));
    BOOST_TEST(whole.location == "L1");
    BOOST_TEST(whole.size == 100U);
    expect<upload_done>(flow.next(says(201)));
}

BOOST_AUTO_TEST_CASE(large_blobs_stream_and_commit_at_the_newest_location)
{
    upload_flow flow(5000, 1000, "L0");
    auto const part = expect<send_part>(flow.start());
    BOOST_TEST(part.length == 5000U);
    BOOST_TEST(!part.is_ranged);
    BOOST_TEST(expect<commit_blob>(flow.next(says(202, "L1", "0-4999"))).location == "L1");
    expect<upload_done>(flow.next(says(201)));
}

BOOST_AUTO_TEST_CASE(a_broken_upload_goes_on_where_the_registry_says)
{
    for (auto status : {0U, 500U, 503U, 429U}) {
        upload_flow flow(5000, 1000, "L0");
        flow.start();
        expect<ask_offset>(flow.next(says(status)));
        BOOST_TEST(flow.is_recovering());
        auto const part = expect<send_part>(flow.next(says(204, "L1", "0-1999")));
        BOOST_TEST(part.offset == 2000U);
        BOOST_TEST(part.length == 3000U);
        BOOST_TEST(part.is_ranged);
        BOOST_TEST(part.location == "L1");
        BOOST_TEST(!flow.is_recovering());
    }
}

BOOST_AUTO_TEST_CASE(a_lost_session_is_opened_again)
{
    upload_flow flow(5000, 1000, "L0");
    flow.start();
    flow.next(says(0));
    expect<open_session>(flow.next(says(404)));
    BOOST_TEST(flow.offset() == 0U);
    upload_flow wrong(5000, 1000, "L0");
    wrong.start();
    expect<ask_offset>(wrong.next(says(416)));
    expect<send_part>(wrong.next(says(204, "", "0-99")));
    expect<open_session>(wrong.next(says(416)));
}

BOOST_AUTO_TEST_CASE(a_proxy_that_refuses_gets_smaller_pieces)
{
    upload_flow flow(30 << 20, 1000, "L0");
    flow.start();
    expect<ask_offset>(flow.next(says(413)));
    auto const first = expect<send_part>(flow.next(says(204, "", "0-0")));
    BOOST_TEST(first.length == upload_flow::first_chunk);
    BOOST_TEST(first.is_ranged);
    expect<ask_offset>(flow.next(says(413)));
    BOOST_TEST(expect<send_part>(flow.next(says(204, "", "0-0"))).length == upload_flow::first_chunk / 2);
    upload_flow never(upload_flow::smallest_chunk, 0, "L0");
    never.start();
    expect<upload_failed>(never.next(says(413)));
}

BOOST_AUTO_TEST_CASE(a_commit_without_an_answer_is_looked_for)
{
    upload_flow flow(5000, 1000, "L0");
    flow.start();
    flow.next(says(202));
    expect<look_for_blob>(flow.next(says(0)));
    expect<upload_done>(flow.next(says(200)));
    upload_flow other(5000, 1000, "L0");
    other.start();
    other.next(says(202));
    other.next(says(502));
    expect<ask_offset>(other.next(says(404)));
    expect<commit_blob>(other.next(says(204, "", "0-4999")));
}

BOOST_AUTO_TEST_CASE(refusals_end_it)
{
    for (auto status : {400U, 401U, 403U, 404U}) {
        upload_flow flow(10, 100);
        flow.start();
        expect<upload_failed>(flow.next(says(status)));
    }
    upload_flow wrong(10, 100, "L");
    wrong.start();
    expect<upload_failed>(wrong.next(says(400)));
}

BOOST_AUTO_TEST_CASE(a_growing_blob_waits_between_its_parts)
{
    auto flow = upload_flow::growing();
    expect<open_session>(flow.start());
    expect<upload_waits>(flow.next(says(202, "L0")));
    flow.extend(100);
    BOOST_TEST(expect<send_part>(flow.next({})).length == 100U);
    expect<upload_waits>(flow.next(says(202, "L1", "0-99")));
    flow.extend(50);
    flow.finish();
    BOOST_TEST(expect<send_part>(flow.next({})).offset == 100U);
    expect<commit_blob>(flow.next(says(202)));
}

BOOST_AUTO_TEST_CASE(ranges_are_inclusive)
{
    BOOST_TEST(bytes_of_range("0-9").value() == 10U);
    BOOST_TEST(bytes_of_range("bytes=0-9").value() == 10U);
    BOOST_TEST(bytes_of_range("0-0").value() == 0U);
    for (auto const* text : {"", "1-9", "0-", "0-x", "0-9/10"})
        BOOST_TEST(!bytes_of_range(text));
}

BOOST_AUTO_TEST_SUITE_END()
