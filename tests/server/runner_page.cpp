#include <acrx/server/runner_page.hpp>

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_runner_page)

namespace {
std::string text_of(std::string_view path)
{
    auto const reply = page_reply(path);
    BOOST_REQUIRE_MESSAGE(reply, "nothing at " << path);
    return std::get<std::string>(reply->body);
}

/// What a file of the page asks for: sources, links and imports, as paths.
std::set<std::string> asked_by(std::string const& text)
{
    static std::regex const place("(?:src=\"|<link[^>]*href=\"|from '\\.?)(/[^\"']+)");
    std::set<std::string> paths;
    for (std::sregex_iterator each(text.begin(), text.end(), place), end; each != end; ++each)
        paths.insert((*each)[1].str().starts_with("/page/") ? (*each)[1].str() : "/page" + (*each)[1].str());
    return paths;
}
}  // namespace

BOOST_AUTO_TEST_CASE(has_all_that_it_asks_for)
{
    std::set<std::string> seen{"/"};
    for (std::vector<std::string> open{"/"}; !open.empty();) {
        auto const text = text_of(open.back());
        open.pop_back();
        for (auto const& path : asked_by(text))
            if (seen.insert(path).second)
                open.push_back(path);
    }
    BOOST_TEST(seen.size() == 14u);
    BOOST_TEST(!page_reply("/page/").has_value());
    BOOST_TEST(!page_reply("/page/../style.css").has_value());
    BOOST_TEST(!page_reply("/index.html").has_value());
}

BOOST_AUTO_TEST_CASE(lets_no_text_become_code)
{
    auto const policy = std::string(page_reply("/")->headers.get("Content-Security-Policy"));
    BOOST_TEST(policy.starts_with("default-src 'none';"));
    BOOST_TEST(policy.find("unsafe") == policy.npos);
    BOOST_TEST(policy.find("require-trusted-types-for 'script'") != policy.npos);
    for (auto const* path : {"/page/dom.js", "/page/log.js", "/page/main.js", "/page/run.js", "/page/runs.js", "/page/tasks.js",
                             "/page/triggers.js", "/page/graph.js", "/page/words.js", "/page/api.js", "/page/parts.js"}) {
        auto const text = text_of(path);
        for (auto const* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"})
            BOOST_TEST(text.find(way) == text.npos, path << " uses " << way);
        BOOST_TEST(page_reply(path)->headers.get("Content-Type") == "text/javascript; charset=utf-8");
    }
}
BOOST_AUTO_TEST_SUITE_END()
