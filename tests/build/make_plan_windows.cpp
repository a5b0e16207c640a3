// Stages for Windows: what differs of paths, variables and metadata.
#include <acrx/build/make_plan.hpp>

#include "planned_build.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::check_history;
using acrx::testing::planned;
using acrx::testing::refusal;

BOOST_AUTO_TEST_SUITE(build_make_plan_windows)

build_request windows()
{
    build_request request;
    request.platform = parse_platform("windows/amd64");
    return request;
}

BOOST_AUTO_TEST_CASE(scratch_has_no_path_and_the_root_of_its_drive)
{
    planned const plan("FROM scratch\n", windows());
    BOOST_TEST(plan.target().config.config.env.empty());
    BOOST_TEST(plan.target().config.config.working_dir == "\\");
    image_config base;
    base.config.env = {"A=1"};
    BOOST_TEST(planned("FROM base\n", windows(), base).target().config.config.env == base.config.env);
}

BOOST_AUTO_TEST_CASE(a_working_folder_has_a_drive)
{
    auto const folder = [](std::string const& lines) {
        planned const plan("# escape=`\nFROM scratch\n" + lines, windows());
        auto const& steps = plan.target().steps;
        auto const* made = steps.empty() ? nullptr : std::get_if<folder_operation>(&steps.back().what);
        return plan.target().config.config.working_dir + " " + (made == nullptr ? "" : made->path);
    };
    BOOST_TEST(folder("WORKDIR C:\\app\n") == "C:\\app /app");
    BOOST_TEST(folder("WORKDIR /app/x\n") == "C:\\app\\x /app/x");
    BOOST_TEST(folder("WORKDIR \\app\nWORKDIR sub\\..\\b\n") == "C:\\app\\b /app/b");
    BOOST_TEST(folder("WORKDIR c:/app\nWORKDIR C:b\n") == "C:\\app\\b /app/b");
    BOOST_TEST(folder("WORKDIR C:\\\n") == "C:\\ ");
    BOOST_TEST(refusal("# escape=`\nFROM scratch\nWORKDIR D:\\app\n", windows())
               == "3: the path \"D:\\app\" is not on the system drive (C:)");
}

BOOST_AUTO_TEST_CASE(files_are_copied_to_slash_paths)
{
    planned const plan("# escape=`\n"
                       "FROM scratch\n"
                       "WORKDIR C:\\app\n"
                       "COPY a\\b.txt C:\\x\\\n"
                       "COPY [\"one\", \"bin\\\\\"]\n"
                       "ADD https://example.com/f C:/f\n",
                       windows());
    auto const copy = [&](std::size_t step) { return std::get<copy_operation>(plan.target().steps.at(step).what); };
    BOOST_TEST(copy(1).sources.front() == "a/b.txt");
    BOOST_TEST(copy(1).destination == "/x/");
    BOOST_TEST(copy(2).destination == "/app/bin/");
    BOOST_TEST(copy(3).sources.front() == "https://example.com/f");
    BOOST_TEST(copy(3).destination == "/f");
    BOOST_TEST(plan.history()[1] == "+ COPY a\\b.txt C:\\x\\ # buildkit");
}

BOOST_AUTO_TEST_CASE(commands_are_for_its_own_shell)
{
    planned const plan("FROM scratch\nENTRYPOINT start\n", windows());
    BOOST_TEST((plan.target().config.config.entrypoint == std::vector<std::string>{"cmd", "/S", "/C", "start"}));
    BOOST_TEST(plan.target().config.config.args_escaped);
    planned const exec("FROM scratch\nENTRYPOINT [\"start\"]\n", windows());
    BOOST_TEST(!exec.target().config.config.args_escaped);
    check_history("FROM scratch\nCMD go\nSHELL [\"powershell\", \"-Command\"]\nCMD go\n",
                  {"  CMD [\"cmd\" \"/S\" \"/C\" \"go\"]", "  SHELL [powershell -Command]",
                   "  CMD [\"powershell\" \"-Command\" \"go\"]"},
                  windows());
}

BOOST_AUTO_TEST_CASE(variables_are_the_same_in_upper_and_lower_case)
{
    image_config base;
    base.config.env = {"Path=C:\\Windows"};
    planned const plan("# escape=`\nFROM base\nARG who=you\nENV PATH=%PATH%;$path WHO=$Who\n", windows(), base);
    std::vector<std::string> const expected{"Path=%PATH%;C:\\Windows", "WHO=you"};
    BOOST_TEST(plan.target().config.config.env == expected, boost::test_tools::per_element());
    BOOST_TEST(plan.plan.warnings.empty());
    planned const linux_plan("FROM scratch\nENV A=1\nENV B=$a\n");
    BOOST_TEST(linux_plan.target().config.config.env.back() == "B=");
}

BOOST_AUTO_TEST_CASE(steps_are_refused_with_their_line_if_the_target_needs_them)
{
    BOOST_TEST(refusal("FROM scratch\nENV A=1\nRUN dir\n", windows()).starts_with("3: RUN needs Windows"));
    BOOST_TEST(refusal("FROM scratch AS a\nRUN dir\nFROM scratch\nCOPY x /\n", windows()) == "no error");
    image_config base;
    base.config.on_build = {"RUN dir"};
    BOOST_CHECK_THROW(planned("FROM base\n", windows(), base), dockerfile::parse_error);
}

BOOST_AUTO_TEST_CASE(an_absolute_folder_with_a_drive_is_no_finding)
{
    BOOST_TEST(planned("# escape=`\nFROM scratch\nWORKDIR C:\\a\n", windows()).plan.warnings.empty());
    BOOST_TEST(planned("FROM scratch\nWORKDIR a\n", windows()).plan.warnings.size() == 1U);
}
BOOST_AUTO_TEST_SUITE_END()
