#include <acrx/server/run_filter.hpp>

#include <acrx/server/arm_error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_run_filter)
BOOST_AUTO_TEST_CASE(reads_conditions)
{
    struct row
    {
        std::string text;
        std::vector<run_condition> conditions;
    };
    std::vector<row> const rows{
        {"TaskName eq 'nightly'", {{run_field::task, comparison::equal, "nightly"}}},
        {"  taskname EQ 'it''s'  ", {{run_field::task, comparison::equal, "it's"}}},
        {"Status ne 'Failed' and RunId eq 'ca1'",
         {{run_field::status, comparison::not_equal, "Failed"}, {run_field::id, comparison::equal, "ca1"}}},
        {"contains(OutputImageManifests, 'app@sha256:00')", {{run_field::output_images, comparison::contains, "app@sha256:00"}}},
        {"contains ( TaskName , 'x' ) AND IsArchiveEnabled eq true",
         {{run_field::task, comparison::contains, "x"}, {run_field::is_archived, comparison::equal, "true"}}},
        {"CreateTime ge 2026-03-01T00:00:00Z and FinishTime lt '2026-04-01T00:00:00Z'",
         {{run_field::created, comparison::greater_or_equal, "2026-03-01T00:00:00Z"},
          {run_field::finished, comparison::less, "2026-04-01T00:00:00Z"}}},
        {"RunType eq 'QuickBuild' and AgentPoolName eq 'big'",
         {{run_field::type, comparison::equal, "QuickBuild"}, {run_field::agent_pool, comparison::equal, "big"}}},
    };
    for (auto const& each : rows)
        BOOST_TEST((parse_run_filter(each.text) == each.conditions), each.text);
}

BOOST_AUTO_TEST_CASE(says_where_a_filter_is_wrong)
{
    struct row
    {
        std::string text;
        std::string place;
    };
    std::vector<row> const rows{
        {"", "character 1 "},
        {"Colour eq 'red'", "character 1 "},
        {"TaskName = 'x'", "character 10 "},
        {"TaskName eq 'x", "character 14 "},
        {"TaskName eq", "character 12 "},
        {"TaskName eq 'x' or RunId eq 'y'", "character 17 "},
        {"contains(TaskName 'x')", "character 19 "},
        {"contains(TaskName, 'x'", "character 23 "},
        {"Status eq 'Fine'", "character 11 "},
        {"CreateTime gt 'yesterday'", "character 15 "},
        {"IsArchiveEnabled eq maybe", "character 21 "},
    };
    for (auto const& each : rows) {
        auto const is_right = [&](arm_refusal const& e) {
            return e.status() == 400 && e.target() == "$filter" && e.doing().find(each.place) != std::string::npos;
        };
        BOOST_CHECK_EXCEPTION(parse_run_filter(each.text), arm_refusal, is_right);
    }
}
BOOST_AUTO_TEST_SUITE_END()
