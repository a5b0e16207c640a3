#include <acrx/task/task_template.hpp>

#include <acrx/core/base64.hpp>

#include <task/samples.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_task_template)

BOOST_AUTO_TEST_CASE(comment_lines_are_dropped_everywhere)
{
    auto const task = split_task("steps:\n # skipped\n  - build: -f Dockerfile -t . # this stays\n  #gone\n", "t");
    BOOST_TEST(task.body.text == "steps:\n  - build: -f Dockerfile -t . # this stays\n");
    BOOST_TEST(task.body.lines == (std::vector<std::size_t>{1, 3}), boost::test_tools::per_element());
    BOOST_TEST(split_task("a: |\n  #!/bin/sh\n  x\n", "t").body.text == "a: |\n  x\n");
    BOOST_TEST(split_task("\xef\xbb\xbf#x\r\na: b\r\n\r\nc", "t").body.text == "a: b\n\nc\n");
    BOOST_TEST(split_task("", "t").body.text == "");
    BOOST_TEST(split_task("# only\n#comments", "t").body.text == "");
}

BOOST_AUTO_TEST_CASE(the_version_is_found_and_decides_about_aliases)
{
    struct row
    {
        std::string text;
        std::string version;
        bool has_aliases;
    };
    row const table[] = {
        {"version: v1.1.0\n", "v1.1.0", true},
        {"steps:\nversion:  'v1.1.0' \n", "v1.1.0", true},
        {"'version': \"v1.1.0\"\n", "v1.1.0", true},
        {"\"version\" : v1.1.0\n", "v1.1.0", true},
        {"version: v1.0.0\n", "v1.0.0", false},
        {"version: 1.0-preview-1\n", "1.0-preview-1", false},
        {"version: V1.1.0\n", "V1.1.0", false},
        {"version: v1.1.0 # new\n", "v1.1.0 # new", true},
        {"version: v2\n", "v2", true},
        {"version: v1.1.0\nversion: v1.0.0\n", "v1.1.0", true},
        {" version: v1.1.0\n", "", false},
        {"versions: v1.1.0\n", "", false},
        {"#version: v1.1.0\n", "", false},
        {"", "", false},
    };
    for (auto const& [text, version, has_aliases] : table) {
        auto const task = split_task(text, "t");
        BOOST_TEST(task.version == version, text);
        BOOST_TEST(task.has_aliases == has_aliases, text);
    }
}

BOOST_AUTO_TEST_CASE(the_alias_block_is_cut_out)
{
    auto const task =
        split_task("version: v1.1.0\nalias :\n  values:\n    # x\n    a: b\n\n  src: [c]\nsteps:\n- cmd: $a\n", "t");
    BOOST_TEST(task.alias_block.text == "alias :\n  values:\n    a: b\n\n  src: [c]\n");
    BOOST_TEST(task.alias_block.lines == (std::vector<std::size_t>{2, 3, 5, 6, 7}), boost::test_tools::per_element());
    BOOST_TEST(task.body.text == "version: v1.1.0\nsteps:\n- cmd: $a\n");
    BOOST_TEST(task.body.lines == (std::vector<std::size_t>{1, 8, 9}), boost::test_tools::per_element());

    auto const last = split_task("version: v1.1.0\nsteps:\n- cmd: a\nalias: {values: {a: b}}\n", "t");
    BOOST_TEST(last.alias_block.text == "alias: {values: {a: b}}\n");
    auto const two = split_task("version: v1.1.0\nalias:\n  values: {a: b}\nenv: []\nalias:\n  directive: '%'\n", "t");
    BOOST_TEST(two.body.text == "version: v1.1.0\nenv: []\n");
    auto const other = split_task("version: v1.1.0\naliases:\n  a: b\n", "t");
    BOOST_TEST(other.alias_block.text == "");
    auto const old = split_task("version: v1.0.0\nalias:\n  values: {a: b}\n", "t");
    BOOST_TEST(old.alias_block.text == "");
    BOOST_TEST(old.body.lines.size() == 3U);
}

BOOST_AUTO_TEST_CASE(secrets_are_noticed)
{
    BOOST_TEST(split_task("secrets:\n", "t").mentions_secrets);
    BOOST_TEST(split_task("steps: [{id: secrets}]\n", "t").mentions_secrets);
    BOOST_TEST(!split_task("steps:\n", "t").mentions_secrets);
}

BOOST_AUTO_TEST_CASE(encoded_tasks_are_decoded)
{
    BOOST_TEST(decode_task(to_base64("steps:\n- cmd: a\n")) == "steps:\n- cmd: a\n");
    BOOST_TEST(decode_task(" c3RlcHM6\r\nCg==\n") == "steps:\n");
    BOOST_TEST(decode_task("") == "");
    for (auto const* wrong : {"c3RlcHM6Cg", "c3RlcHM6Cg=", "c3Rl*HM6", "steps:", "c3RlcHM6Cg==x", "=", "c==="})
        BOOST_TEST(task_tests::failure([&] { decode_task(wrong); }).starts_with("failed to decode Base64 template"),
                   wrong);
    for (std::size_t size = 0; size < 70; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i)
            bytes += static_cast<char>(i * 37 + size);
        BOOST_TEST((from_base64(to_base64(bytes)) == bytes), size);
    }
}

BOOST_AUTO_TEST_SUITE_END()
