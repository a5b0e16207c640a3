#include <acrx/trigger/cron_schedule.hpp>

#include <acrx/core/error.hpp>

#include <support/test_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_cron_schedule)

namespace {
std::string const folder = testing::data_path("trigger/data/").string();

/// The rows of a table whose columns are separated by ` | `.
std::vector<std::vector<std::string>> rows_of(std::string const& name)
{
    std::ifstream in(folder + name);
    BOOST_REQUIRE_MESSAGE(in, "cannot read " << name);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> row;
        for (std::size_t at = 0; at != line.npos;) {
            auto const end = line.find(" | ", at);
            row.push_back(line.substr(at, end == line.npos ? end : end - at));
            at = end == line.npos ? end : end + 3;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

boost::json::object corpus()
{
    std::ifstream in(folder + "cron.json");
    return boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {})).as_object();
}

std::string text_of(boost::json::value const& v)
{
    return std::string(v.as_string());
}

std::string next_of(std::string const& schedule, time_point after)
{
    auto const next = parse_cron(schedule).next(after);
    return next ? to_rfc3339(*next) : "never";
}

/// The rule itself, field by field and minute by minute.
bool holds(std::vector<std::vector<unsigned>> const& fields, std::chrono::sys_time<std::chrono::minutes> t)
{
    using namespace std::chrono;
    auto const day = floor<days>(t);
    year_month_day const date(day);
    auto const of_day = static_cast<unsigned>((t - day).count());
    unsigned const values[] = {of_day % 60, of_day / 60, unsigned(date.day()), unsigned(date.month()),
                               weekday(day).c_encoding()};
    for (std::size_t i = 0; i < 5; ++i)
        if (!fields[i].empty() && std::find(fields[i].begin(), fields[i].end(), values[i]) == fields[i].end())
            return false;
    return true;
}

void check_year(std::string const& text, std::vector<std::vector<unsigned>> const& fields)
{
    using namespace std::chrono;
    auto const schedule = parse_cron(text);
    auto const begin = sys_time<minutes>(sys_days(2024y / 1 / 1));
    auto expected = schedule.next(begin - minutes(1));
    std::size_t wrong = 0;
    for (auto t = begin; t < sys_days(2025y / 1 / 1); t += minutes(1)) {
        bool const named = expected && *expected == t;
        wrong += named != holds(fields, t) ? 1 : 0;
        if (named)
            expected = schedule.next(t);
    }
    BOOST_TEST(wrong == 0U, text);
}
}  // namespace

BOOST_AUTO_TEST_CASE(gives_the_next_occurrence_of_each_vector)
{
    auto const rows = rows_of("cron_vectors.txt");
    BOOST_TEST(rows.size() > 40U);
    for (auto const& row : rows) {
        BOOST_REQUIRE(row.size() == 3U);
        BOOST_TEST(next_of(row[1], parse_rfc3339(row[0])) == row[2], row[1] << " after " << row[0]);
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_schedule_and_names_the_field)
{
    for (auto const& row : rows_of("cron_refused.txt")) {
        BOOST_REQUIRE(row.size() == 2U);
        BOOST_CHECK_EXCEPTION(parse_cron(row[0]), error, [&](error const& e) {
            BOOST_TEST(e.text().find(row[1]) != std::string::npos, row[0] << ": " << e.text());
            return e.code() == errc::syntax;
        });
    }
    BOOST_CHECK_THROW(parse_cron("*\t*\t*\t*\t*"), error);
    BOOST_CHECK_THROW(parse_cron("*\t* * * * *"), error);
}

BOOST_AUTO_TEST_CASE(gives_the_occurrences_of_the_corpus)
{
    auto const samples = corpus();
    for (auto const& item : samples.at("cases").as_array()) {
        auto const schedule = parse_cron(text_of(item.at("expr")));
        std::vector<std::string> found;
        auto at = std::optional(parse_rfc3339(text_of(item.at("start"))));
        while (found.size() < 5 && (at = schedule.next(*at)))
            found.push_back(to_rfc3339(*at));
        std::vector<std::string> expected;
        for (auto const& next : item.at("next").as_array())
            expected.push_back(text_of(next));
        BOOST_TEST(found == expected, text_of(item.at("expr")));
        BOOST_TEST(schedule.ever_fires() == !expected.empty());
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_the_corpus_says_is_refused)
{
    auto const samples = corpus();
    for (auto const* group : {"invalid", "extensions"})
        for (auto const& item : samples.at(group).as_array())
            BOOST_CHECK_THROW(parse_cron(text_of(item.at("expr"))), error);
}

BOOST_AUTO_TEST_CASE(names_the_same_minutes_of_a_leap_year_as_the_rule_itself)
{
    check_year("* * * * *", {{}, {}, {}, {}, {}});
    check_year("*/15 9-17 * * Mon-Fri", {{0, 15, 30, 45}, {9, 10, 11, 12, 13, 14, 15, 16, 17}, {}, {}, {1, 2, 3, 4, 5}});
    check_year("59 23 29-31 2,4,12 *", {{59}, {23}, {29, 30, 31}, {2, 4, 12}, {}});
    check_year("0 0 13 * 5", {{0}, {0}, {13}, {}, {5}});
    check_year("7 */5 1,15,31 */4 0,3", {{7}, {0, 5, 10, 15, 20}, {1, 15, 31}, {1, 5, 9}, {0, 3}});
    check_year("58/1 22/1 28/1 11/1 6", {{58, 59}, {22, 23}, {28, 29, 30, 31}, {11, 12}, {6}});
}

BOOST_AUTO_TEST_CASE(ends_where_time_ends)
{
    auto const last_minute = std::chrono::floor<std::chrono::minutes>(time_point::max());
    BOOST_CHECK(!parse_cron("* * * * *").next(last_minute));
    BOOST_CHECK(parse_cron("* * * * *").next(last_minute - std::chrono::minutes(1)) == last_minute);
    BOOST_CHECK(!parse_cron("0 0 1 5 *").next(last_minute - std::chrono::hours(24)));
}

BOOST_AUTO_TEST_CASE(tells_which_minutes_belong_to_it)
{
    auto const schedule = parse_cron("30 9 * * 1-5");
    BOOST_TEST(schedule.contains(parse_rfc3339("2024-01-01T09:30:00Z")));
    BOOST_TEST(schedule.contains(parse_rfc3339("2024-01-01T09:30:59Z")));
    BOOST_TEST(!schedule.contains(parse_rfc3339("2024-01-01T09:31:00Z")));
    BOOST_TEST(!schedule.contains(parse_rfc3339("2024-01-06T09:30:00Z")));
    BOOST_TEST(schedule.text() == "30 9 * * 1-5");
}

BOOST_AUTO_TEST_SUITE_END()
