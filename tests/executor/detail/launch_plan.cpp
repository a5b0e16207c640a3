#include <acrx/core/error.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_launch_plan)

std::vector<std::string> programs(std::string name, std::vector<std::string> env)
{
    step_spec spec;
    spec.args = {std::move(name)};
    spec.env = std::move(env);
    return detail::program_of(spec).programs;
}

BOOST_AUTO_TEST_CASE(a_name_is_looked_up_in_the_path_of_the_step)
{
    using list = std::vector<std::string>;
    BOOST_TEST((programs("cc", {"PATH=/a:/b/c"}) == list{"/a/cc", "/b/c/cc"}));
    BOOST_TEST((programs("cc", {"PATH=/a", "X=1", "PATH=/b"}) == list{"/b/cc"}));
    BOOST_TEST((programs("cc", {"PATH=:/a"}) == list{"./cc", "/a/cc"}));
    BOOST_TEST(programs("cc", {}).front() == "/usr/local/sbin/cc");
    BOOST_TEST(programs("cc", {}).size() == 6u);
    BOOST_TEST(programs("cc", {"PATH="}).empty());
    BOOST_TEST((programs("/bin/cc", {"PATH=/a"}) == list{"/bin/cc"}));
    BOOST_TEST((programs("./cc", {"PATH=/a"}) == list{"./cc"}));
    BOOST_CHECK_THROW(programs("", {}), error);
    BOOST_CHECK_THROW(detail::program_of({}), error);
}

BOOST_AUTO_TEST_CASE(layers_are_named_by_the_descriptors_that_the_new_process_will_have)
{
    detail::launch_plan plan;
    detail::plan_root(plan, {{"/top", "/base"}, "/run/upper", "/run/work"}, {"/points"});
    BOOST_TEST((plan.folders == std::vector<std::string>{"/top", "/base", "/points", "/run/upper", "/run/work"}));
    BOOST_TEST(plan.overlay_options.back() == "lowerdir=4:5:6,upperdir=7,workdir=8");
    BOOST_TEST(plan.overlay_options.front()
               == "lowerdir=4:5:6,upperdir=7,workdir=8,redirect_dir=off,metacopy=off,index=off,volatile");
}

BOOST_AUTO_TEST_CASE(options_of_many_layers_fit_into_a_page)
{
    root_filesystem root{{}, "/upper", "/work"};
    for (int i = 0; i < 500; ++i)
        root.lower.push_back("/a/long/name/of/a/folder" + std::to_string(i));
    detail::launch_plan plan;
    detail::plan_root(plan, root, {"/points"});
    BOOST_TEST(plan.overlay_options.front().size() < 4096u);
}

BOOST_AUTO_TEST_CASE(a_layer_that_is_there_twice_is_stacked_once)
{
    std::vector<std::filesystem::path> const stack{"/empty", "/b", "/empty", "/a"};
    BOOST_TEST((detail::distinct_folders(stack) == std::vector<std::filesystem::path>{"/empty", "/b", "/a"}));
}

BOOST_AUTO_TEST_CASE(a_root_of_one_folder_is_bound)
{
    detail::launch_plan plan;
    detail::plan_root(plan, {{}, "/whole", {}}, {"/points"});
    BOOST_TEST((plan.folders == std::vector<std::string>{"/whole"}));
    BOOST_TEST(plan.overlay_options.empty());
    BOOST_CHECK_THROW(detail::plan_root(plan, {}, {}), error);
}
BOOST_AUTO_TEST_SUITE_END()
