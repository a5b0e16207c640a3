#include <acrx/build/check_dockerfile.hpp>

#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <support/test_data.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_check_dockerfile)
namespace {
std::string read(std::filesystem::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    BOOST_TEST_REQUIRE(file.good(), path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Images as a registry would have them, by name.
net::awaitable<std::shared_ptr<base_image const>> find_image(std::string name, platform wanted)
{
    if (name == "missing")
        throw error(errc::not_found, "docker.io/library/missing:latest");
    if (name == "offline")
        throw error(errc::unavailable, "asking offline.example.com");
    auto image = std::make_shared<base_image>();
    image->name = parse_reference(name);
    image->config.platform = name == "foreign" ? parse_platform("linux/arm64") : wanted;
    if (name == "with-env")
        image->config.config.env = {"FROM_BASE=1"};
    if (name == "with-trigger")
        image->config.config.on_build = {"ENV a b"};
    co_return image;
}

template<class T>
T finished(net::awaitable<T> work)
{
    net::io_context host;
    auto result = net::co_spawn(host, std::move(work), net::use_future);
    host.run();
    return result.get();
}

check_result check(std::string text, build_request request = {}, ignore_rules ignored = {})
{
    return finished(check_dockerfile(std::move(text), std::move(request), find_image, std::move(ignored)));
}

std::string failure_of(check_result const& result)
{
    try {
        if (result.failure)
            std::rethrow_exception(result.failure);
    } catch (dockerfile::parse_error const& e) {
        return std::to_string(e.where().first_line) + ": " + e.text();
    }
    return {};
}

std::vector<std::string> lines_of(std::vector<dockerfile::lint_warning> const& warnings)
{
    std::vector<std::string> lines;
    for (auto const& warning : warnings)
        lines.push_back(to_string(warning));
    return lines;
}

/// What a build of the text finds, in its order, whatever comes of it.
std::vector<std::string> found_by_plan(std::string const& text, build_request request = {}, ignore_rules ignored = {})
{
    auto const file = dockerfile::parse_file(text);
    std::vector<dockerfile::lint_warning> found;
    plan_checks checks{.ignored = std::move(ignored), .found = [&](auto const& warning) { found.push_back(warning); }};
    try {
        finished(make_plan(file, std::move(request), find_image, std::move(checks)));
    } catch (dockerfile::parse_error const&) {
        found.push_back({dockerfile::lint_rule::undefined_var, "and an error", {}});
    }
    return lines_of(found);
}

/// The words after `# NAME:` in the first line.
std::vector<std::string> header(std::string const& text, std::string const& name)
{
    std::istringstream in(text.substr(0, text.find('\n')));
    std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    if (words.size() < 2 || words[1] != name + ":")
        return {};
    return {words.begin() + 2, words.end()};
}
}  // namespace

BOOST_AUTO_TEST_CASE(finds_what_the_cases_say)
{
    std::size_t cases = 0;
    for (auto const& folder : std::filesystem::directory_iterator(testing::data_path("build/data/lint"))) {
        BOOST_TEST_CONTEXT(folder.path().filename().string())
        {
            auto const text = read(folder.path() / "Dockerfile");
            build_request request;
            for (auto const& argument : header(text, "arguments"))
                request.build_args[argument.substr(0, argument.find('='))] = argument.substr(argument.find('=') + 1);
            auto found = found_by_plan(text, request, ignore_rules(header(text, "ignored")));
            std::istringstream in(read(folder.path() / "warnings"));
            std::vector<std::string> expected;
            for (std::string line; std::getline(in, line);)
                expected.push_back(line);
            std::sort(found.begin(), found.end());
            std::sort(expected.begin(), expected.end());
            BOOST_TEST(found == expected, boost::test_tools::per_element());
            ++cases;
        }
    }
    BOOST_TEST(cases >= 25U);
}

BOOST_AUTO_TEST_CASE(knows_what_the_base_brings)
{
    BOOST_TEST(found_by_plan("FROM with-env\nENV A=$FROM_BASE\n").empty());
    BOOST_TEST(found_by_plan("FROM with-trigger\nENV c d\n").size() == 2U);  // the trigger counts at the FROM line
}

BOOST_AUTO_TEST_CASE(checks_all_stages_unless_there_is_a_target)
{
    std::string const text = "FROM scratch AS a\nCOPY $foo .\nFROM scratch AS b\nCOPY $bar .\n";
    BOOST_TEST(found_by_plan(text).size() == 1U);
    BOOST_TEST(check(text).warnings.size() == 2U);
    build_request request;
    request.target = "a";
    auto const found = check(text, request).warnings;
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].where.first_line == 2);
}

BOOST_AUTO_TEST_CASE(makes_an_error_of_findings_when_told)
{
    auto const result = check("# check=error=true\nFROM scratch as a\nENV b c\nENV d e\n");
    BOOST_TEST(result.warnings.size() == 3U);
    BOOST_TEST(failure_of(result) == "2: lint violation found for rules: FromAsCasing, LegacyKeyValueFormat");
    BOOST_TEST(failure_of(check("# check=error=true\nFROM scratch\n")) == "");
    BOOST_TEST(failure_of(check("# check=error=true;skip=LegacyKeyValueFormat\nFROM scratch\nENV b c\n")) == "");
}

BOOST_AUTO_TEST_CASE(lets_a_build_argument_replace_the_options_of_the_file)
{
    std::string const text = "# check=skip=all\nFROM scratch as base\ncopy Dockerfile .\n";
    build_request request;
    request.build_args["BUILDKIT_DOCKERFILE_CHECK"] = "skip=ConsistentInstructionCasing;error=true";
    auto const strict = check(text, request);
    BOOST_TEST(strict.warnings.size() == 1U);
    BOOST_TEST(failure_of(strict) == "2: lint violation found for rules: FromAsCasing");
    request.build_args["BUILDKIT_DOCKERFILE_CHECK"] = "skip=all";
    BOOST_TEST(check("# check=error=true\nFROM scratch as base\n", request).warnings.empty());
    request.build_args["BUILDKIT_DOCKERFILE_CHECK"] = "nonsense";
    BOOST_TEST(failure_of(check(text, request))
               == "0: failed to parse check options: invalid check option \"nonsense\"");
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_before_an_error)
{
    auto const wrong = check("FROM scratch AS BadStageName\nMAINTAINER me@example.org\nBADCMD\n");
    BOOST_TEST(lines_of(wrong.warnings)
                   == (std::vector<std::string>{
                       "StageNameCasing: Stage name 'BadStageName' should be lowercase (line 1)",
                       "MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 2)"}),
               boost::test_tools::per_element());
    BOOST_TEST(failure_of(wrong) == "3: unknown instruction: BADCMD");
    BOOST_TEST(failure_of(check("BADCMD")) == "1: unknown instruction: BADCMD");

    auto const unplanned = check("FROM scratch\nENV a b\nCOPY --from=9 a b\n");
    BOOST_TEST(unplanned.warnings.size() == 1U);
    BOOST_TEST(failure_of(unplanned) == "3: invalid stage index \"9\"");
}

BOOST_AUTO_TEST_CASE(goes_on_without_a_registry)
{
    auto const result = check("FROM offline\nENV a b\n");
    BOOST_TEST(result.warnings.size() == 1U);
    BOOST_TEST(failure_of(result) == "");
    BOOST_TEST_REQUIRE(result.unknown_bases.size() == 1U);
    BOOST_TEST(result.unknown_bases[0].starts_with("offline: "));
    BOOST_TEST(failure_of(check("FROM missing\n")).starts_with("1: failed to resolve source metadata for missing"));
}

BOOST_AUTO_TEST_SUITE_END()
