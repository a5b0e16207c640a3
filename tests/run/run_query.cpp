#include <acrx/run/run_query.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(run_run_query)

namespace {
using enum comparison;
using enum run_field;

run_record sample()
{
    run_record run;
    run.id = "ca7";
    run.task = "Nightly";
    run.type = run_type::auto_build;
    run.status = run_status::failed;
    run.created = parse_rfc3339("2026-03-01T12:00:00Z");
    run.outputs = {{"r.example", "team/app", "v1", digest_of("x")}};
    return run;
}

struct row
{
    run_field field;
    comparison how;
    std::string text;
    bool expected;
};

std::vector<row> const rows = {
    {id, equal, "ca7", true},
    {id, equal, "ca8", false},
    {task, equal, "nightly", true},
    {task, not_equal, "nightly", false},
    {task, contains, "IGHT", true},
    {type, equal, "autobuild", true},
    {status, equal, "FAILED", true},
    {status, not_equal, "Running", true},
    {created, greater_or_equal, "2026-03-01T12:00:00Z", true},
    {created, greater, "2026-03-01T12:00:00Z", false},
    {created, less, "2026-03-01T13:00:01+01:00", true},
    {finished, less, "2026-03-01T12:00:00Z", false},
    {finished, not_equal, "2026-03-01T12:00:00Z", true},
    {output_images, contains, "app:v1", true},
    {output_images, contains, "app@" + digest_of("x").str(), true},
    {output_images, equal, "team/app:v1", true},
    {output_images, equal, "app:v1", true},
    {output_images, equal, "pp:v1", false},
    {output_images, contains, "app:v2", false},
    {is_archived, equal, "false", true},
    {agent_pool, equal, "", true},
};
}  // namespace

BOOST_AUTO_TEST_CASE(compares_each_field_in_its_own_way)
{
    for (auto const& r : rows)
        BOOST_TEST(meets(sample(), run_condition{r.field, r.how, r.text}) == r.expected,
                   static_cast<int>(r.field) << " " << static_cast<int>(r.how) << " " << r.text);
    BOOST_TEST(meets(sample(), std::vector<run_condition>{}));
    BOOST_TEST(!meets(sample(), std::vector<run_condition>{{id, equal, "ca7"}, {id, equal, "ca8"}}));
}

BOOST_AUTO_TEST_CASE(refuses_what_no_run_could_meet)
{
    for (auto const& wrong : std::vector<run_condition>{{status, equal, "Done"},
                                                        {is_archived, equal, "maybe"},
                                                        {created, less, "yesterday"},
                                                        {created, contains, "2026-03-01T12:00:00Z"},
                                                        {output_images, less, "app"}})
        BOOST_CHECK_THROW(meets(sample(), wrong), error);
}

BOOST_AUTO_TEST_SUITE_END()
