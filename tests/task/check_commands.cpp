#include <acrx/task/check_commands.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_check_commands)

BOOST_AUTO_TEST_CASE(wrong_commands_are_found_with_their_step)
{
    std::map<std::string, std::string> const table{
        {"- cmd: alpine echo\n- build: -t a .\n- push: [a.b/c]\n", "none"},
        {"- build: -t a --stream .\n",
         "t.yaml:2:3: step 'acb_step_0': docker build: the option --stream is not supported\n"},
        {"- cmd: a\n- id: x\n  cmd: b | c\n", "t.yaml:3:3: step 'x': '|' outside quotes needs a shell"},
        {"- build: -t Upper .\n", "t.yaml:2:3: step 'acb_step_0': 'Upper' is no image name: "},
        {"- build: -t a --platform a/b/c/d .\n", "t.yaml:2:3: step 'acb_step_0': reading the platform \"a/b/c/d\""},
        {"- cmd: a:b:c\n", "t.yaml:2:3: step 'acb_step_0': 'a:b:c' is no image name: "},
        {"- push: [$Registry/a]\n", "t.yaml:2:3: step 'acb_step_0': the image name '$Registry/a:latest' holds '$'\n"},
        {"- cmd: a\n  ports: [foo]\n", "t.yaml:2:3: step 'acb_step_0': publishing the port \"foo\""},
        {"- cmd: a\n  expose: [x]\n", "t.yaml:2:3: step 'acb_step_0': publishing the port \"x\""},
        {"- cmd: -p 1:2:3:4 a\n", "t.yaml:2:3: step 'acb_step_0': publishing the port \"1:2:3:4\""},
        {"- cmd: a\n  cpus: many\n", "t.yaml:2:3: step 'acb_step_0': cpus 'many' is not a number of processors"},
        {"- cmd: --memory lots a\n", "t.yaml:2:3: step 'acb_step_0': --memory 'lots' is not a size"},
        {"- cmd: --cap-add net_admi a\n",
         "t.yaml:2:3: step 'acb_step_0': there is no capability 'net_admi'\n"},
        {"- cmd: --security-opt odd a\n", "t.yaml:2:3: step 'acb_step_0': --security-opt 'odd' is unknown\n"},
        {"- cmd: --pids-limit some a\n", "t.yaml:2:3: step 'acb_step_0': --pids-limit 'some' is not a number of processes"},
        {"- cmd: a\n  network: hst\n", "t.yaml:2:3: step 'acb_step_0': there is no network 'hst'\nDid you mean 'host'?"},
        {"- cmd: --network other a\n", "t.yaml:2:3: step 'acb_step_0': there is no network 'other'\nDefine it"},
        {"- cmd: a\n  network: host\n  ports: ['127.0.0.1:80:80/udp', '9000-9001']\n- cmd: a\n  network: acb_default_network\n"
         "- cmd: --network none a\n", "none"},
        {"- push: ['a b']\n", "t.yaml:2:3: step 'acb_step_0': cannot push 'a b:latest'"},
    };
    for (auto const& [steps, message] : table) {
        auto const got = task_tests::failure([&] { check_commands(parse_task_file("steps:\n" + steps, "t.yaml")); });
        BOOST_TEST(got.substr(0, message.size()) == message);
    }
}

BOOST_AUTO_TEST_SUITE_END()
