#include <acrx/dockerfile/file.hpp>

#include <acrx/dockerfile/parse_error.hpp>
#include <dockerfile/corpus.hpp>

#include <chrono>

using namespace acrx::dockerfile;
using namespace dockerfile_corpus;

BOOST_AUTO_TEST_SUITE(dockerfile_file)

/// The error as BuildKit words it: with the line, if it is about one instruction.
std::string error_of(std::string const& dockerfile)
{
    try {
        parse_file(dockerfile);
    } catch (parse_error const& e) {
        return "dockerfile parse error on line " + std::to_string(e.where().first_line) + ": " + e.text();
    }
    return "no error";
}

BOOST_AUTO_TEST_CASE(judges_the_small_cases)
{
    for (auto const& value : table("parse-cases.json")) {
        auto const& row = value.as_object();
        auto const dockerfile = text(row, "dockerfile");
        BOOST_TEST_CONTEXT(dockerfile)
        {
            if (row.contains("stages"))
                check_stages(row, parse_file(dockerfile));
            else if (row.contains("error"))
                BOOST_CHECK_THROW(parse_file(dockerfile), parse_error);
            else
                BOOST_CHECK(error_of(dockerfile).ends_with(text(row, "instruction_error")));
        }
    }
}

BOOST_AUTO_TEST_CASE(finds_the_stages_of_real_files)
{
    for (auto const& value : table("real-parsed.json")) {
        auto const& row = value.as_object();
        auto const name = text(row, "file");
        BOOST_TEST_CONTEXT(name)
        {
            if (row.contains("stages") && !row.at("stages").as_array().empty())
                check_stages(row, parse_file(read(root + name)));
            else
                BOOST_CHECK_THROW(parse_file(read(root + name)), parse_error);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_file_without_stages)
{
    BOOST_CHECK_EXCEPTION(parse_file("ARG a\n"), parse_error,
                          [](auto const& e) { return e.text() == "dockerfile contains no stages to build"; });
}

BOOST_AUTO_TEST_CASE(refuses_an_empty_file)
{
    BOOST_CHECK_EXCEPTION(parse_file(""), parse_error,
                          [](auto const& e) { return e.text() == "the Dockerfile cannot be empty"; });
    BOOST_CHECK_EXCEPTION(parse_file("# only a comment\n"), parse_error,
                          [](auto const& e) { return e.text() == "file with no instructions"; });
}

BOOST_AUTO_TEST_CASE(finds_the_latest_earlier_stage)
{
    auto const f = parse_file("FROM a AS X\nFROM b AS x\nFROM c\n");
    BOOST_CHECK(find_stage(f, "x") == 1U);
    BOOST_CHECK(find_stage(f, "X", 1) == 0U);
    BOOST_CHECK(!find_stage(f, "x", 0));
    BOOST_CHECK(!find_stage(f, ""));
}

BOOST_AUTO_TEST_CASE(keeps_what_lint_needs)
{
    auto const f = parse_file("# check=skip=all\nARG V=1\n# about b\nfrom a as B\nRUN x \\\n\n y\n");
    BOOST_CHECK_EQUAL(f.stages[0].header.as_keyword, "as");
    BOOST_CHECK_EQUAL(f.stages[0].header.stage_name_as_written, "B");
    BOOST_CHECK_EQUAL(f.stages[0].original, "from a as B");
    BOOST_CHECK_EQUAL(f.check.value(), "skip=all");
    BOOST_CHECK_EQUAL(f.global_args[0].where.first_line, 2);
    BOOST_REQUIRE_EQUAL(f.warnings.size(), 1U);
    BOOST_CHECK(f.warnings[0].rule == lint_rule::no_empty_continuation);
    BOOST_CHECK_EQUAL(f.warnings[0].where.first_line, 7);
}

BOOST_AUTO_TEST_CASE(reads_many_heredocs_of_one_line)
{
    std::string copy = "COPY";
    std::string bodies;
    for (int i = 0; i < 20'000; ++i) {
        copy += (i % 100 == 99 ? " \\\n <<A" : " <<A") + std::to_string(i % 7);
        bodies += "x\nA" + std::to_string(i % 7) + "\n";
    }
    auto const f = parse_file("FROM a\n" + copy + " 'y <<B z' /d/\n" + bodies);
    auto const& files = std::get<acrx::dockerfile::copy>(f.stages[0].instructions[0].what).files;
    BOOST_CHECK_EQUAL(files.heredocs.size(), 20'001U);
    BOOST_CHECK_EQUAL(files.heredocs[19'999].content, "x\n");
    BOOST_CHECK_EQUAL(files.heredocs[20'000].content, "");
}

BOOST_AUTO_TEST_CASE(is_fast)
{
    std::string small = "FROM a AS b\n";
    for (int i = 0; i < 11; ++i)
        small += "RUN --mount=type=cache,target=/x apt-get update && \\\n    apt-get install -y something\n";
    std::string large = "FROM a\n";
    while (large.size() < 1'000'000)
        large += "ENV A=\"b c\" D=e\\ f G='h' \\\n  I=${J:-k}\n";
    auto const start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i)
        parse_file(small);
    auto const middle = std::chrono::steady_clock::now();
    parse_file(large);
    auto const end = std::chrono::steady_clock::now();
    using milliseconds = std::chrono::duration<double, std::milli>;
    BOOST_TEST_MESSAGE("12 instructions: " << milliseconds(middle - start).count() / 20 << " ms, 1 MB: "
                                           << milliseconds(end - middle).count() << " ms");
    BOOST_CHECK_LT(milliseconds(middle - start).count() / 20, 20.0);
    BOOST_CHECK_LT(milliseconds(end - middle).count(), 20'000.0);
}

BOOST_AUTO_TEST_SUITE_END()
