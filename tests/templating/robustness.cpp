#include <acrx/templating/template.hpp>

#include <templating/tables.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>

using namespace acrx::templating;
using namespace templating_tests;

BOOST_AUTO_TEST_SUITE(templating_robustness)

std::vector<std::string> all_templates()
{
    std::vector<std::string> sources;
    for (auto const* name : {"reference", "language", "errors", "format", "strings", "numbers", "lists", "encoding",
                             "dates", "regex"}) {
        auto const all = table(std::string(name) + ".json");
        for (auto const& row : all.at("cases").as_array())
            sources.push_back(text(row.is_object() ? row.at("template") : row.at(0)));
    }
    return sources;
}

value data()
{
    return from_json(table("language.json").at("values"));
}

options small_limits()
{
    auto use = fixed_options();
    use.limit.text = 64U << 10;
    use.limit.memory = 1U << 20;
    use.limit.steps = 50'000;
    return use;
}

BOOST_AUTO_TEST_CASE(survives_mutated_templates)
{
    auto const sources = all_templates();
    std::mt19937 random(42);
    auto const below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    constexpr std::string_view pieces[] = {"{{", "}}", "{{-", "-}}", "(", ")", "|", " ", ".", "$", "\"", "`", "'",
                                           ":=", "=", ",", "range", "end", "else", "if", "with", "define", "template",
                                           "nil", "9999999999", "-1", "1e308", "0x", "\\", "%", "*", "[", "]", "\n",
                                           "\xff", "☃", "until", "repeat", "printf", "$x", ".l", "/*", "*/"};
    std::size_t rendered = 0;
    for (int i = 0; i < 1500; ++i) {
        auto source = sources[below(sources.size())];
        for (auto changes = below(4) + 1; changes > 0; --changes) {
            auto const at = below(source.size() + 1);
            switch (below(4)) {
            case 0: source.insert(at, pieces[below(std::size(pieces))]); break;
            case 1: source.erase(at, below(6)); break;
            case 2: source.insert(at, source.substr(below(source.size() + 1), below(20))); break;
            default: source += sources[below(sources.size())]; break;
            }
        }
        auto const result = outcome(source, data(), small_limits());
        BOOST_TEST(result.size() <= (65U << 10));
        rendered += result.starts_with("error: ") ? 0 : 1;
    }
    BOOST_TEST(rendered > 20U);
}

BOOST_AUTO_TEST_CASE(survives_random_bytes)
{
    std::mt19937 random(7);
    for (int i = 0; i < 700; ++i) {
        std::string source = "{{";
        for (auto size = random() % 60; size > 0; --size)
            source += static_cast<char>(random() % 2 == 0 ? random() % 256 : 32 + random() % 95);
        outcome(source + "}}", data(), small_limits());
    }
}

BOOST_AUTO_TEST_CASE(ends_what_would_not_end)
{
    auto const fails_with = [](std::string const& source, std::string const& cause) {
        auto const start = std::chrono::steady_clock::now();
        auto use = fixed_options();
        use.limit.text = 1U << 20;
        use.limit.memory = 16U << 20;
        use.limit.steps = 3'000'000;
        auto const got = outcome(source, data(), use);
        BOOST_TEST(got.find(cause) != got.npos, source.substr(0, 100) << ": " << got.substr(0, 200));
        BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(40)));
    };
    auto const many = [](std::string const& before, std::string const& after, int count) {
        std::string all;
        for (int i = 0; i < count; ++i)
            all += before;
        for (int i = 0; i < count; ++i)
            all += after;
        return all;
    };
    fails_with("{{range 9999999999}}{{end}}", "steps");
    fails_with("{{range 99999999}}xxxxxxxxxxxxxxxx{{end}}", "limit of 1048576 bytes");
    fails_with("{{repeat 999999999 \"abc\"}}", "limit of 1048576 bytes");
    fails_with("{{until 99999999}}", "bytes");
    fails_with("{{untilStep 0 9223372036854775807 1}}", "bytes");
    fails_with("{{indent 99999999 \"a\"}}", "limit of 1048576 bytes");
    fails_with("{{randAlpha 99999999}}", "limit of 1048576 bytes");
    fails_with("{{$x := \"aaaaaaaa\"}}{{range 40}}{{$x = print $x $x}}{{end}}{{$x}}", "bytes");
    fails_with("{{$x := list 1}}{{range 40}}{{$x = concat $x $x}}{{end}}{{len $x}}", "bytes");
    fails_with("{{$x := list}}{{range 40}}{{$x = list $x $x}}{{end}}{{$x}}", "limit of 1048576 bytes");
    fails_with("{{$x := list}}{{range 40}}{{$x = list $x $x}}{{end}}{{$y := deepCopy $x}}", "bytes");
    fails_with("{{$x := list}}{{range 100000}}{{$x = list $x}}{{end}}{{$x}}", "nests deeper");
    fails_with("{{$x := dict}}{{range 5000}}{{$x = dict \"k\" $x}}{{end}}{{toJson $x}}", "nests deeper");
    fails_with("{{$d := dict}}{{$e := dict \"d\" $d}}{{set $d \"e\" (list $e)}}", "cannot hold itself");
    fails_with("{{uniq (until 100000)}}", "steps");
    fails_with("{{regexFind \"(((a{0,100}){0,100}){0,100})\" \"aaa\"}}", "too large");
    fails_with("{{regexFind \"(a|a|a)*b\" (repeat 1000000 \"a\")}}", "steps");
    fails_with("{{" + many("(", ")", 10000) + "}}", "max expression depth exceeded");
    fails_with(many("{{if 1}}", "{{end}}", 10000), "max expression depth exceeded");
    fails_with("{{if 0}}" + many("{{else if 0}}", "", 10000) + "{{end}}", "max expression depth exceeded");
    fails_with("{{regexFind \"" + many("(", ")", 5000) + "\" \"\"}}", "nests too deeply");
    fails_with("{{define \"a\"}}{{template \"b\" .}}{{end}}{{define \"b\"}}{{template \"a\" .}}{{end}}{{template \"a\"}}",
               "exceeded maximum template depth (500)");
}

BOOST_AUTO_TEST_CASE(keeps_its_own_time)
{
    auto use = fixed_options();
    use.limit.steps = static_cast<std::size_t>(-1) / 2;
    use.limit.time = std::chrono::milliseconds(50);
    auto const got = outcome("{{range 99999999999}}{{end}}", {}, use);
    BOOST_TEST(got.find("takes longer than 50 ms") != got.npos, got);
}

BOOST_AUTO_TEST_CASE(destroys_deep_values_without_recursion)
{
    value v;
    for (int i = 0; i < 100'000; ++i)
        v = i % 2 == 0 ? value(value_list{std::move(v)}) : value::map_of({{"k", std::move(v)}});
    v = {};
    BOOST_TEST(v.is_nil());
}

BOOST_AUTO_TEST_SUITE_END()
