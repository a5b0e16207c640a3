// Where a task and its values come from, and what a look at a task shows.
#include "task_folder.hpp"

#include <acrx/core/base64.hpp>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx::testing;
namespace utf = boost::unit_test;

BOOST_AUTO_TEST_SUITE(task_runner_sources, *utf::precondition(can_run_containers))

std::string const say = "steps:\n  - {id: it, cmd: 'busybox:base echo {{.Values.a}} {{.Values.b}}'}\n";

shell_result quick(task_folder const& folder, std::string const& words)
{
    return shell("cd " + folder.path().string() + " && " + ACRX_QUICK + " " + words);
}

BOOST_AUTO_TEST_CASE(a_task_and_its_values_in_base64)
{
    task_folder const folder;
    auto const given = "--home " + folder.home + " --encoded-file " + acrx::to_base64(say) + " --encoded-values "
                       + acrx::to_base64("a: from file\nb: 1\n") + " --set b=2 ";
    auto const run = quick(folder, "run " + given + "/dev/null");
    BOOST_TEST(task_folder::printed(run.output, "it") == "from file 2\n", run.output);
    BOOST_TEST(quick(folder, "render " + given).output.find("echo from file 2'") != std::string::npos);
}

struct misuse
{
    std::string words;
    int status;
    std::string says;
};
std::ostream& operator<<(std::ostream& out, misuse const& m) { return out << m.words; }

std::vector<misuse> const misuses = {
    {"run --encoded-file zz /dev/null", 1, "failed to decode Base64 template"},
    {"run --encoded-file Zg== -f x /dev/null", 2, "--encoded-file is the task"},
    {"run --encoded-file Zg== --cmd x /dev/null", 2, "--encoded-file is the task"},
    {"run --encoded-values Zg== --values x /dev/null", 2, "either --encoded-values or --values"},
    {"run --id a/b --cmd x /dev/null", 2, "'a/b' cannot be the id of a run"},
    {"run --id -x --cmd x /dev/null", 2, "'-x' cannot be the id of a run"},
    {"run nowhere", 1, "Unable to find 'nowhere'"},
    {"run -f none.yaml ctx", 1, "Unable to find 'ctx/none.yaml'"},
    {"run -f none.yaml /dev/null", 1, "Unable to find 'none.yaml'"},
    {"run --values none.yaml --cmd x ctx", 1, "Unable to find 'ctx/none.yaml'"},
};
BOOST_DATA_TEST_CASE(are_refused_with_what_is_wrong, utf::data::make(misuses), one)
{
    task_folder const folder;
    auto const space = one.words.find(' ');
    auto const words = one.words.substr(0, space) + " --home " + folder.home + one.words.substr(space);
    auto const result = quick(folder, words);
    BOOST_TEST(result.status == one.status, result.output);
    BOOST_TEST(result.output.find(one.says) != std::string::npos, result.output);
}

BOOST_AUTO_TEST_CASE(files_of_values_lie_beside_the_task)
{
    task_folder const folder;
    folder.write("ctx/acb.yaml", say);
    folder.write("ctx/v.yaml", "a: inside\n");
    folder.write("v.yaml", "a: outside\n");
    auto const rendered = [&](std::string const& words) {
        auto const result = quick(folder, "render --home " + folder.home + " " + words);
        auto const from = result.output.find("echo ");
        return from == std::string::npos ? result.output : result.output.substr(from + 5, result.output.find(' ', from + 5) - from - 5);
    };
    BOOST_TEST(rendered("--values v.yaml ctx") == "inside");
    BOOST_TEST(rendered("--values ../v.yaml ctx") == "outside");
    BOOST_TEST(rendered("--values " + (folder / "v.yaml").string() + " ctx") == "outside");
    BOOST_TEST(rendered("-f ctx/acb.yaml --values v.yaml /dev/null") == "outside");
}

BOOST_AUTO_TEST_CASE(a_look_at_a_task_reads_no_secret)
{
    task_folder const folder;
    folder.write("ctx/acb.yaml", "secrets:\n  - {id: s, keyvault: 'https://vault.invalid/secrets/s'}\n"
                                 "  - {id: unset, keyvault: 'env:ACRX_NO_SUCH_VARIABLE'}\n"
                                 "volumes:\n  - {name: v, secret: {f: '{{.Secrets.s | b64enc}}'}}\n"
                                 "steps:\n  - {id: it, cmd: 'busybox:base echo {{.Secrets.s}}{{.Secrets.unset}}'}\n");
    for (auto const* what : {"run --dry-run", "run --graph", "render"}) {
        auto const result = quick(folder, std::string(what) + " --home " + folder.home + " ctx");
        BOOST_TEST(result.status == 0, result.output);
        BOOST_TEST((what == std::string("run --graph") || result.output.find("echo ******") != std::string::npos), result.output);
    }
}
BOOST_AUTO_TEST_SUITE_END()
