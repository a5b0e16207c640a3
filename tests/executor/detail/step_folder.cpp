#include <acrx/core/error.hpp>
#include <acrx/executor/detail/step_folder.hpp>
#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <optional>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_step_folder)
BOOST_AUTO_TEST_CASE(keys_have_three_parts_of_plain_characters)
{
    for (step_key const key : {"r/s/1", "20261121-1a/build.web_2/10", "a/b../...",
                               "-/_/."
                               "a"})
        BOOST_TEST(detail::to_key(detail::to_folder_name(key)).value_or("") == key);
    for (step_key const key : {"", "a", "a/b", "a/b/c/d", "a//c", "/b/c", "a/b/", "../b/c", "a/./c", "a b/c/d",
                               "a/b+/c", "a/b/c\n", "\xc3\xa4/b/c"})
        BOOST_CHECK_EXCEPTION(detail::to_folder_name(key), error,
                              [](error const& e) { return e.code() == errc::invalid_argument; });
    BOOST_CHECK_THROW(detail::to_folder_name(std::string(300, 'a') + "/b/c"), error);
    BOOST_TEST(!detail::to_key("something else"));
    BOOST_TEST(!detail::to_key("a+b"));
}

BOOST_AUTO_TEST_CASE(a_record_survives_being_written)
{
    detail::completion const record{137, true, time_point(std::chrono::nanoseconds(1'795'264'158'912'060'417)), 12};
    BOOST_TEST((detail::parse_completion(detail::to_text(record)) == record));
    auto const text = detail::to_text(record);
    for (std::size_t size = 0; size < text.size(); ++size)
        BOOST_TEST(!detail::parse_completion(text.substr(0, size)));
}

BOOST_AUTO_TEST_CASE(a_step_is_running_then_lost_or_exited)
{
    testing::scratch_folder scratch;
    auto const phase = [&](step_key const& key) { return detail::observe_folder(scratch.path(), key).now; };
    auto first = detail::step_folder::claim(scratch.path(), "r/s/1");
    BOOST_REQUIRE(first);
    BOOST_TEST(!detail::step_folder::claim(scratch.path(), "r/s/1"));
    BOOST_TEST((phase("r/s/1") == step_state::phase::running));
    first.reset();
    BOOST_TEST((phase("r/s/1") == step_state::phase::lost));

    auto second = detail::step_folder::claim(scratch.path(), "r/s/2");
    second->complete({3, false, {}, 0});
    BOOST_TEST((phase("r/s/2") == step_state::phase::exited));
    BOOST_TEST(detail::observe_folder(scratch.path(), "r/s/2").code == 3);
    BOOST_CHECK_EXCEPTION(phase("r/s/3"), error, [](error const& e) { return e.code() == errc::not_found; });

    scratch.write("unrelated", "");
    BOOST_TEST((detail::list_folders(scratch.path(), "") == std::vector<step_key>{"r/s/1", "r/s/2"}));
    BOOST_TEST((detail::list_folders(scratch.path(), "r/s/2") == std::vector<step_key>{"r/s/2"}));
}
BOOST_AUTO_TEST_SUITE_END()
