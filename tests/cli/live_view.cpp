#include <acrx/cli/live_view.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
using namespace acrx;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(cli_live_view)
namespace {
/// What a terminal would show: plays cursor movements, no colours.
std::vector<std::string> play(std::vector<std::string> screen, std::size_t& row, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        screen.resize(std::max(screen.size(), row + 1));
        if (text[i] == '\033') {
            auto const end = text.find_first_of("AKJ", i);
            auto const code = text[end];
            if (code == 'A')
                row -= static_cast<std::size_t>(std::stoul(std::string(text.substr(i + 2, end - i - 2))));
            if (code == 'J')
                screen.resize(row);
            i = end;
        } else if (text[i] == '\n') {
            ++row;
        } else if (text[i] != '\r') {
            auto const end = std::min(text.find_first_of("\n\033", i), text.size());
            screen[row] = text.substr(i, end - i);
            i = end - 1;
        }
    }
    return screen;
}
}  // namespace

BOOST_AUTO_TEST_CASE(keeps_what_ended_and_redraws_what_runs)
{
    cli::live_view view(false);
    time_point const start{};
    std::vector<std::string> screen;
    std::size_t row = 0;
    view.take(work_started{1, "first"}, start);
    view.take(work_started{2, "second"}, start);
    view.take(work_output{2, "compiling\nlinking"}, start);
    screen = play(std::move(screen), row, view.frame(start + 1s, {40, 10}));
    BOOST_TEST_REQUIRE(screen.size() == 5U);
    BOOST_TEST(screen[0].find("0 done, 2 running") != std::string::npos);
    BOOST_TEST(screen[4].find("linking") != std::string::npos);

    view.take(work_ended{1, work_ended::outcome::cached}, start + 1s);
    screen = play(std::move(screen), row, view.frame(start + 2s, {40, 10}));
    BOOST_TEST_REQUIRE(screen.size() == 5U);
    BOOST_TEST(screen[0].find("first  CACHED") != std::string::npos);
    BOOST_TEST(screen[1].find("1 done, 1 running") != std::string::npos);
    BOOST_TEST(screen[2].find("2.0s") != std::string::npos);

    screen = play(std::move(screen), row, view.finish(work_ended::outcome::failed, start + 3s, {40, 10}));
    BOOST_TEST_REQUIRE(screen.size() == 2U);
    BOOST_TEST(screen[1].find("second  ERROR 3.0s") != std::string::npos);
}
BOOST_AUTO_TEST_CASE(fits_into_the_terminal)
{
    cli::live_view view(false);
    for (unsigned id = 1; id <= 30; ++id) {
        view.take(work_started{id, std::string(200, 'x')}, {});
        view.take(work_output{id, std::string(200, 'y') + "\nz\n"}, {});
    }
    std::size_t row = 0;
    auto const screen = play({}, row, view.frame({}, {30, 10}));
    BOOST_TEST(screen.size() <= 9U);
    for (auto const& line : screen)
        BOOST_TEST(cli::detail::text_width(line) < 30U);
}
BOOST_AUTO_TEST_CASE(goes_back_over_lines_that_a_narrower_terminal_has_wrapped)
{
    cli::live_view view(false);
    view.take(work_started{1, std::string(100, 'x')}, {});
    view.frame({}, {80, 24});
    auto const again = view.frame({}, {40, 24});
    // The head of some 30 columns takes one row, the step of 79 takes two.
    BOOST_TEST(again.starts_with("\r\033[3A"), again.substr(0, 8));
}
BOOST_AUTO_TEST_CASE(shows_transfers_as_bars)
{
    cli::live_view view(false);
    view.take(work_started{1, "pulling"}, {});
    view.take(work_advanced{1, 24'000'000, 48'000'000}, {});
    auto const text = view.frame({}, {100, 24});
    BOOST_TEST(text.find("[==========>         ] 24.0MB / 48.0MB") != std::string::npos, text);
}
BOOST_AUTO_TEST_CASE(lets_no_output_move_the_cursor)
{
    BOOST_TEST(cli::detail::clean_line("a\033[2Jb\033]0;title\ac\x07\td") == "abc    d");
    BOOST_TEST(cli::detail::clean_line("10%\r50%\r100%\r") == "100%");
    BOOST_TEST(cli::detail::clean_line("\033[") == "");
    BOOST_TEST(cli::detail::cut_to("äöüß", 3) == "äö…");
    BOOST_TEST(cli::detail::cut_to("äöü", 3) == "äöü");
}
BOOST_AUTO_TEST_CASE(uses_colours_only_when_told)
{
    cli::live_view plain(false);
    cli::live_view coloured(true);
    for (auto* view : {&plain, &coloured}) {
        view->take(work_started{1, "a"}, {});
        view->take(work_ended{1, work_ended::outcome::failed}, {});
    }
    BOOST_TEST(plain.frame({}, {}).find("\033[31m") == std::string::npos);
    BOOST_TEST(coloured.frame({}, {}).find("\033[31m") != std::string::npos);
}
BOOST_AUTO_TEST_SUITE_END()
