#include <acrx/task/step_graph.hpp>

#include <acrx/task/task_error.hpp>
#include <acrx/task/task_file.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_step_graph)

namespace {
using texts = std::vector<std::string>;

task_step step(std::string id, texts when = {}, step_kind kind = step_kind::cmd)
{
    return {.id = std::move(id), .kind = kind, .command = "a", .when = std::move(when)};
}

/// `a<-b,c` for each step.
std::string shape(step_graph const& graph)
{
    std::string text;
    for (auto const& node : graph.nodes()) {
        text += (text.empty() ? "" : " ") + node.id + "<";
        for (auto const other : node.after)
            text += (other == node.after.front() ? "" : ",") + graph[other].id;
    }
    return text;
}

std::string shape(std::vector<task_step> const& steps)
{
    return shape(step_graph(steps));
}

std::vector<task_step> many_steps(std::size_t count)
{
    std::vector<task_step> steps;
    for (std::size_t i = 0; i < count; ++i) {
        texts when;
        for (std::size_t j = i < 20 ? 0 : i - 20; j < i; ++j)
            when.push_back("step" + std::to_string(j));
        steps.push_back(step("step" + std::to_string(i), i % 7 == 0 ? texts{"-"} : when));
    }
    return steps;
}
}  // namespace

BOOST_AUTO_TEST_CASE(a_step_without_when_waits_for_the_one_before)
{
    BOOST_TEST(shape(std::vector<task_step>{}) == "");
    BOOST_TEST(shape({step("a"), step("b"), step("c")}) == "a< b<a c<b");
    BOOST_TEST(shape({step("a", {"-"}), step("b", {"-"}), step("c")}) == "a< b< c<b");
    BOOST_TEST(shape({step("a"), step("b", {"-"}), step("c", {"a", "b"}), step("d")}) == "a< b< c<a,b d<c");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_listed_twice_counts_once)
{
    BOOST_TEST(shape({step("a"), step("b", {"a", "a"}), step("c", {"-", "-"})}) == "a< b<a c<");
    step_graph const graph({step("a"), step("b", {"a", "a"})});
    BOOST_TEST((graph[0].before == std::vector<std::size_t>{1}));
}

BOOST_AUTO_TEST_CASE(steps_are_found_by_their_ids)
{
    step_graph const graph({step("a"), step("b")});
    BOOST_TEST(graph.size() == 2U);
    BOOST_TEST((graph.find("b") == std::optional<std::size_t>(1)));
    BOOST_TEST(!graph.find("c").has_value());
}

BOOST_AUTO_TEST_CASE(wrong_graphs_are_refused_and_cycles_named)
{
    auto const failure = [](std::vector<task_step> const& steps) {
        return task_tests::failure([&] { step_graph const graph(steps); });
    };
    BOOST_TEST(failure({step("a", {"b"}), step("b", {"c"}), step("c", {"a"})})
               == "b does not exist as a vertex [from: b, to: a]: the steps wait for each other: a -> b -> c -> a\n"
                  "Remove one of these from 'when'.");
    BOOST_TEST(failure({step("a", {"c"}), step("b", {"-"}), step("c", {"-"})})
               == "c does not exist as a vertex [from: c, to: a]\nStep 'c' stands below: move it above step 'a'.");
    BOOST_TEST(failure({step("")}) == "missing step ID\n");
    BOOST_TEST(failure({step("acb_root")}) == "acb_root is a reserved ID, it can't be used\n");
    BOOST_TEST(failure({step("a", {"A"})}).starts_with("A does not exist as a vertex"));
}

BOOST_AUTO_TEST_CASE(the_sample_of_every_property_has_its_graph)
{
    auto const task = parse_task_file(task_tests::read("acr/acr-builder/graph/testdata/acb.yaml"), "acb.yaml");
    BOOST_TEST(shape(step_graph(task.steps))
               == "puller< build-qux< C< build-bar< B<C build-foo<build-qux build-qaz<build-foo");
}

BOOST_AUTO_TEST_CASE(a_graph_is_shown_as_text_and_for_graphviz)
{
    step_graph const graph(
        {step("build", {}, step_kind::build), step("test", {"-"}), step("p", {"build", "test"}, step_kind::push)});
    BOOST_TEST(to_text(graph) == "build  build  at once\ntest   cmd    at once\np      push   after build, test\n");
    BOOST_TEST(to_dot(graph)
               == "digraph task {\n  rankdir=LR;\n  node [shape=box];\n  \"build\" [tooltip=\"build\"];\n"
                  "  \"test\" [tooltip=\"cmd\"];\n  \"p\" [tooltip=\"push\"];\n  \"build\" -> \"p\";\n  \"test\" -> "
                  "\"p\";\n}\n");
}

BOOST_AUTO_TEST_CASE(a_thousand_steps_are_planned_soon)
{
    auto const steps = many_steps(1000);
    auto const start = std::chrono::steady_clock::now();
    step_graph const graph(steps);
    auto const took = std::chrono::steady_clock::now() - start;
    BOOST_TEST(graph.size() == 1000U);
    BOOST_TEST((took < std::chrono::milliseconds(200)), "the bound for an optimised build is 20 ms");
}

BOOST_AUTO_TEST_SUITE_END()
