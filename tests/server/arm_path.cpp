#include <acrx/server/arm_path.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_arm_path)
BOOST_AUTO_TEST_CASE(takes_paths_apart)
{
    auto const path = arm_path::parse("/subscriptions/s1/resourcegroups/My%20Group/providers/microsoft.containerregistry/"
                                      "Registries/Home/tasks/nightly/listDetails");
    BOOST_REQUIRE(path);
    BOOST_TEST(path->subscription == "s1");
    BOOST_TEST(path->resource_group == "My Group");
    BOOST_TEST(path->registry == "Home");
    BOOST_TEST((path->rest == std::vector<std::string>{"tasks", "nightly", "listDetails"}));
    BOOST_TEST(path->is_at(2, "listdetails"));
    BOOST_TEST(!path->is_at(3, "listdetails"));
    BOOST_TEST(path->id_of("runs", "ca1")
               == "/subscriptions/s1/resourceGroups/My Group/providers/Microsoft.ContainerRegistry/registries/Home/runs/ca1");
}

BOOST_AUTO_TEST_CASE(refuses_other_paths)
{
    std::string const registry = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/";
    BOOST_TEST(arm_path::parse(registry + "home").has_value());
    BOOST_TEST(arm_path::parse(registry)->registry.empty());
    for (auto const* wrong : {"", "/", "subscriptions", "/subscriptions/s", "/subscriptions/s/resourceGroups/g/providers/X/registries/r"})
        BOOST_TEST(!arm_path::parse(wrong));
    for (auto const* wrong : {"r//tasks", "r/tasks/..", "r/tasks/a%2fb", "r/tasks/%2e%2e", "r/tasks/a%00b", "r/tasks/a%5cb"})
        BOOST_TEST(!arm_path::parse(registry + wrong), wrong);
}

BOOST_AUTO_TEST_CASE(finds_names_in_ids)
{
    BOOST_TEST(name_in_id("/subscriptions/s/registries/r/tasks/nightly") == "nightly");
    BOOST_TEST(name_in_id("nightly") == "nightly");
    BOOST_TEST(name_in_id("a/b/") == "b");
    BOOST_TEST(name_in_id("") == "");
}
BOOST_AUTO_TEST_SUITE_END()
