#include <acrx/templating/moment.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_moment)

moment at(std::int64_t seconds, std::int32_t nanoseconds = 0)
{
    moment time;
    time.seconds = seconds;
    time.nanoseconds = nanoseconds;
    return time;
}

BOOST_AUTO_TEST_CASE(formats_by_the_reference_time)
{
    auto const time = at(1136239445, 123456789);  // 2006-01-02 22:04:05
    BOOST_TEST(format_time(time, "Mon, 02 Jan 2006 15:04:05 MST") == "Mon, 02 Jan 2006 22:04:05 UTC");
    BOOST_TEST(format_time(time, "3:04PM .000 .999999 ,00") == "10:04PM .123 .123456 ,12");
    BOOST_TEST(format_time(at(0, 500'000'000), "05.999 05.000 05.999x") == "00.5 00.500 00.5x");
    BOOST_TEST(format_time(at(0), "5.999|Z07:00|-07:00|-0700|Z0700|-07") == "0|Z|+00:00|+0000|Z|+00");
    BOOST_TEST(format_time({}, "2006-01-02 Monday 002") == "0001-01-01 Monday 001");
    BOOST_TEST(format_time(at(1709164800), "Jan _2 Janet Mondayx __2 2006 _2006") == "Feb 29 Janet Thursdayx  60 2024 _2024");
    BOOST_TEST(format_time(in_zone(at(1720000000), "Asia/Kolkata"), "15:04 MST -07:00 Z0700") == "15:16 IST +05:30 +0530");
}

BOOST_AUTO_TEST_CASE(knows_zones_of_the_host)
{
    BOOST_TEST(in_zone(at(1700000000), "Europe/Berlin").offset == 3600);
    BOOST_TEST(in_zone(at(1720000000), "Europe/Berlin").zone == "CEST");
    for (auto const* unknown : {"", "UTC", "Local", "Nowhere/Bad", "/etc/passwd", "../../../etc/passwd", "tzdata.zi"})
        BOOST_TEST(in_zone(at(1720000000), unknown).zone == "UTC", unknown);
}

BOOST_AUTO_TEST_CASE(reads_by_the_reference_time)
{
    auto const seconds = [](char const* layout, char const* text) {
        auto const time = parse_time(layout, text);
        return time ? time->seconds : -1;
    };
    BOOST_TEST(seconds("2006-01-02", "2024-02-29") == 1709164800);
    BOOST_TEST(seconds("2006-01-02T15:04:05Z07:00", "2024-02-29T23:59:59Z") == 1709251199);
    BOOST_TEST(seconds("2006-01-02T15:04:05Z07:00", "2024-03-01T00:59:59.5+01:00") == 1709251199);
    BOOST_TEST(seconds("Jan 2 06 3:04pm", "feb 29 24 11:59pm") == 1709251140);
    for (auto const* bad : {"2023-02-29", "2024-13-01", "2024-02-30", "x", "2024-02-29x", "", "2024-2-29"})
        BOOST_TEST(!parse_time("2006-01-02", bad), bad);
}

BOOST_AUTO_TEST_CASE(reads_and_writes_durations)
{
    constexpr std::int64_t second = 1'000'000'000;
    BOOST_TEST(parse_go_duration("1h30m2.5s").value() == 5402 * second + second / 2);
    BOOST_TEST(parse_go_duration("-1.5h").value() == -5400 * second);
    BOOST_TEST(parse_go_duration("100ms").value() == second / 10);
    BOOST_TEST(parse_go_duration("0").value() == 0);
    for (auto const* bad : {"", "1", "h", "1x", "--1s", ".s", "1.2.3s", "9999999999h"})
        BOOST_TEST(!parse_go_duration(bad), bad);
    BOOST_TEST(to_go_duration(0) == "0s");
    BOOST_TEST(to_go_duration(259380 * second + second / 2) == "72h3m0.5s");
    BOOST_TEST(to_go_duration(1500) == "1.5µs");
    BOOST_TEST(to_go_duration(-90 * second) == "-1m30s");
    BOOST_TEST(to_go_duration(999) == "999ns");
}

BOOST_AUTO_TEST_SUITE_END()
