#include <acrx/triggered_runner/task_table.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(triggered_runner_task_table)

namespace {
known_task task_on(std::string name, std::vector<std::string> const& urls)
{
    task_definition task;
    task.name = std::move(name);
    for (auto const& url : urls)
        task.triggers.sources.emplace_back().filter.repository_url = url;
    return std::make_shared<task_definition const>(std::move(task));
}

std::vector<std::string> on(task_table const& tasks, std::string const& url)
{
    std::vector<std::string> names;
    for (auto const& task : tasks.on_repository(url))
        names.push_back(task->name);
    return names;
}
using names = std::vector<std::string>;
}  // namespace

BOOST_AUTO_TEST_CASE(finds_tasks_by_name_in_any_case)
{
    task_table tasks;
    tasks.put(task_on("Website", {}));
    BOOST_REQUIRE(tasks.find("wEBSITE"));
    BOOST_TEST(tasks.find("website")->name == "Website");
    BOOST_TEST(!tasks.find("web"));
    tasks.erase("WEBSITE");
    tasks.erase("website");
    BOOST_TEST(tasks.all().empty());
}

BOOST_AUTO_TEST_CASE(finds_tasks_by_repository_as_they_are_after_each_edit)
{
    task_table tasks;
    tasks.put(task_on("second", {"https://example.com/o/r.git", "git@example.com:o/r"}));
    tasks.put(task_on("First", {"https://EXAMPLE.com/o/r", "https://example.com/o/other"}));
    tasks.put(task_on("none", {""}));
    BOOST_TEST(on(tasks, "ssh://git@example.com/o/r.git") == (names{"First", "second"}), boost::test_tools::per_element());
    tasks.put(task_on("first", {"https://example.com/o/other"}));
    BOOST_TEST(on(tasks, "https://example.com/o/r") == names{"second"}, boost::test_tools::per_element());
    BOOST_TEST(on(tasks, "https://example.com/o/other") == names{"first"}, boost::test_tools::per_element());
    tasks.erase("first");
    BOOST_TEST(on(tasks, "https://example.com/o/other").empty());
    BOOST_TEST(on(tasks, "").empty());
}

BOOST_AUTO_TEST_SUITE_END()
