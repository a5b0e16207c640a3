#include <acrx/snapshot/root_view.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_root_view)

/// One layer from a list such as `d:etc f:etc/a l:b=c w:gone o:dir`, in which a letter is a type.
std::shared_ptr<layer_index const> layer_of(std::string_view text)
{
    static std::map<char, entry_type> const types = {{'f', entry_type::regular},       {'d', entry_type::directory},
                                                     {'l', entry_type::symbolic_link}, {'h', entry_type::hard_link},
                                                     {'w', entry_type::whiteout},      {'o', entry_type::opaque}};
    std::vector<layer_entry> entries;
    while (!text.empty()) {
        auto const word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        auto const equals = std::min(word.find('='), word.size());
        layer_entry entry;
        entry.type = types.at(word[0]);
        entry.path = word.substr(2, equals - 2);
        entry.link = equals < word.size() ? word.substr(equals + 1) : std::string_view{};
        entries.push_back(std::move(entry));
    }
    return std::make_shared<layer_index const>(std::move(entries));
}

root_view view_of(std::vector<std::string_view> const& layers)
{
    root_view view;
    for (auto const layer : layers)
        view = view.with(layer_of(layer));
    return view;
}

/// `path@layer`, joined by blanks.
std::string text_of(std::vector<root_view::found> const& found)
{
    std::string text;
    for (auto const& one : found)
        text += (text.empty() ? "" : " ") + one.entry->path + '@' + std::to_string(one.layer);
    return text;
}

std::string all(root_view const& view, std::string_view folder = "")
{
    return text_of(view.below(folder));
}

BOOST_AUTO_TEST_CASE(an_empty_view_has_nothing_but_its_root)
{
    BOOST_TEST(root_view().exists(""));
    BOOST_TEST(!root_view().exists("a"));
    BOOST_TEST(!root_view().find("").has_value());
    BOOST_TEST(all(root_view()).empty());
    BOOST_TEST(root_view().resolve("/", true).path.empty());
}

BOOST_AUTO_TEST_CASE(the_topmost_entry_of_a_path_is_seen)
{
    auto const view = view_of({"d:a f:a/x f:b", "f:a/x d:c", "f:b"});
    BOOST_TEST(all(view) == "a@0 a/x@1 b@2 c@1");
    BOOST_TEST(view.find("a/x")->layer == 1U);
    BOOST_TEST(!view.find("a/y").has_value());
}

BOOST_AUTO_TEST_CASE(a_whiteout_hides_the_subtree_below_but_nothing_above)
{
    auto const view = view_of({"d:a d:a/b f:a/b/c f:a-z", "w:a", "d:a f:a/new"});
    BOOST_TEST(all(view) == "a@2 a/new@2 a-z@0");
    BOOST_TEST(!view.exists("a/b"));
    BOOST_TEST(!view.find("a/b/c").has_value());
    BOOST_TEST(!view_of({"f:a", "w:a"}).exists("a"));
    BOOST_TEST(all(view_of({"f:a", "w:nothing"})) == "a@0");
}

BOOST_AUTO_TEST_CASE(an_opaque_folder_hides_what_lower_layers_have_in_it)
{
    auto const view = view_of({"d:a f:a/old d:a/sub f:a/sub/x f:b", "d:a o:a f:a/new"});
    BOOST_TEST(all(view) == "a@1 a/new@1 b@0");
    BOOST_TEST(!view.exists("a/sub/x"));
    BOOST_TEST(all(view_of({"d:a f:a/old", "o:a f:a/new"})) == "a@0 a/new@1");  // the mark alone
    BOOST_TEST(all(view_of({"d:a f:b", "o: f:c"})) == "c@1");                   // the whole root
}

BOOST_AUTO_TEST_CASE(a_file_over_a_folder_hides_its_content)
{
    auto const view = view_of({"d:a d:a/b f:a/b/c", "f:a", "d:a"});
    BOOST_TEST(all(view) == "a@2");
    BOOST_TEST(!view.find("a/b/c").has_value());
    BOOST_TEST(all(view_of({"d:a f:a/b", "l:a=c"})) == "a@1");
}

BOOST_AUTO_TEST_CASE(a_folder_that_no_layer_lists_exists_without_an_entry)
{
    auto const view = view_of({"f:a/b/c"});
    BOOST_TEST(view.exists("a"));
    BOOST_TEST(view.exists("a/b"));
    BOOST_TEST(!view.find("a/b").has_value());
    BOOST_TEST(all(view) == "a/b/c@0");
    BOOST_TEST(text_of(view.children("a/b")) == "a/b/c@0");
    BOOST_TEST(!view_of({"f:a/b", "w:a"}).exists("a"));
}

BOOST_AUTO_TEST_CASE(an_unlisted_folder_takes_the_place_of_a_file_below)
{
    auto const view = view_of({"f:a", "f:a/b"});
    BOOST_TEST(!view.find("a").has_value());
    BOOST_TEST(view.exists("a"));
    BOOST_TEST(all(view) == "a/b@1");
    BOOST_TEST(all(view_of({"d:a", "f:a/b"})) == "a@0 a/b@1");
}

BOOST_AUTO_TEST_CASE(children_are_those_directly_in_a_folder)
{
    auto const view = view_of({"d:a d:a/b f:a/b/c f:a/b-x f:z", "w:z f:a/a d:k f:k/l"});
    BOOST_TEST(text_of(view.children("a")) == "a/a@1 a/b@0 a/b-x@0");
    BOOST_TEST(text_of(view.children("")) == "a@0 k@1");
    BOOST_TEST(text_of(view.children("a/b")) == "a/b/c@0");
    BOOST_TEST(view.children("a/b/c").empty());
    BOOST_TEST(view.children("nowhere").empty());
}

/// A layer as a reader makes it: nothing of its own lies below its files, links and whiteouts.
std::string random_layer(std::mt19937& dice, std::set<std::string>& all_paths)
{
    std::map<std::string, char> types;
    std::string text;
    for (auto left = dice() % 9; left > 0; --left) {
        std::string path;
        for (auto depth = 1 + dice() % 3; depth > 0; --depth)
            path += (path.empty() ? "" : "/") + std::string(1, "ab-"[dice() % 3]);
        auto const type = "fdwol"[dice() % 5];
        bool const is_folder = type == 'd' || type == 'o';
        bool const clashes = std::any_of(types.begin(), types.end(), [&](auto const& other) {
            bool const other_is_folder = other.second == 'd' || other.second == 'o';
            return other.first == path || (!other_is_folder && path.starts_with(other.first + '/'))
                   || (!is_folder && other.first.starts_with(path + '/'));
        });
        if (clashes)
            continue;
        types[path] = type;
        text += (text.empty() ? "" : " ") + std::string(1, type) + ':' + path;
        for (auto end = path.size(); end != std::string::npos; end = path.rfind('/', end - 1))
            all_paths.insert(path.substr(0, end));
    }
    return text;
}

BOOST_AUTO_TEST_CASE(find_children_and_below_agree_on_random_stacks)
{
    std::mt19937 dice(11);
    auto const word = [](root_view::found const& one) { return one.entry->path + '@' + std::to_string(one.layer); };
    for (int round = 0; round < 3000; ++round) {
        std::set<std::string> paths;
        root_view view;
        std::string stack;
        for (auto layers = 1 + dice() % 4; layers > 0; --layers) {
            auto const text = random_layer(dice, paths);
            stack += "[" + text + "] ";
            view = view.with(layer_of(text));
        }
        std::set<std::string> merged;
        for (auto const& one : view.below(""))
            merged.insert(word(one));
        std::set<std::string> found;
        std::set<std::string> listed;
        for (auto const& path : paths) {
            if (auto const one = view.find(path))
                found.insert(word(*one));
            auto const slash = path.rfind('/');
            for (auto const& one : view.children(slash == std::string::npos ? "" : path.substr(0, slash)))
                listed.insert(word(one));
            std::set<std::string> inside;
            for (auto const& one : view.below(path))
                inside.insert(word(one));
            BOOST_TEST(std::includes(merged.begin(), merged.end(), inside.begin(), inside.end()));
            BOOST_TEST((inside.empty() || view.exists(path)));
        }
        BOOST_TEST_CONTEXT(stack)
        {
            BOOST_TEST(merged == found, boost::test_tools::per_element());
            BOOST_TEST(listed == found, boost::test_tools::per_element());
        }
    }
}

struct resolution
{
    std::string_view asked;
    bool follow_last;
    std::string_view path;
    bool is_there;
};

BOOST_AUTO_TEST_CASE(links_are_followed_as_the_kernel_does_within_a_root)
{
    auto const view = view_of({"d:usr d:usr/bin f:usr/bin/sh l:bin=usr/bin l:abs=/usr l:up=../../../../usr/bin "
                               "l:usr/self=. l:usr/to-abs=/bin/sh l:twice=bin l:broken=not/there l:file-link=usr/bin/sh "
                               "l:slash=usr/bin/ l:root=/ l:usr/bin/back=.. f:d/e/f"});
    resolution const table[] = {
        {"", true, "", false},
        {"/", true, "", false},
        {"/usr//bin/./sh", true, "usr/bin/sh", true},
        {"bin/sh", true, "usr/bin/sh", true},
        {"bin", false, "bin", true},
        {"bin", true, "usr/bin", true},
        {"bin/", false, "usr/bin", true},  // a slash at the end asks for what the link means
        {"bin/.", false, "usr/bin", true},
        {"abs/bin/sh", true, "usr/bin/sh", true},
        {"up/sh", true, "usr/bin/sh", true},
        {"usr/self/self/bin", true, "usr/bin", true},
        {"usr/to-abs", true, "usr/bin/sh", true},
        {"twice/sh", true, "usr/bin/sh", true},
        {"twice/..", true, "usr", true},  // the parent of the target, not of the link
        {"bin/back/bin", true, "usr/bin", true},
        {"slash/sh", true, "usr/bin/sh", true},
        {"root/usr", true, "usr", true},
        {"../../usr", true, "usr", true},
        {"usr/../../..", true, "", false},
        {"broken", true, "not/there", false},
        {"broken", false, "broken", true},
        {"broken/x", true, "not/there/x", false},
        {"missing/../usr", true, "usr", false},  // no way through what is not there
        {"usr/bin/sh/..", true, "usr/bin", false},  // nor through a file
        {"usr/bin/sh/", true, "usr/bin/sh", false},
        {"usr/bin/sh/.", true, "usr/bin/sh", false},
        {"file-link/x", true, "usr/bin/sh/x", false},
        {"d/e/f", true, "d/e/f", true},
        {"d/e/../e/f", true, "d/e/f", true},  // folders that no layer lists
    };
    for (auto const& row : table) {
        BOOST_TEST_CONTEXT(row.asked)
        {
            auto const result = view.resolve(row.asked, row.follow_last);
            BOOST_TEST(result.path == row.path);
            BOOST_TEST(result.file.has_value() == row.is_there);
        }
    }
}

BOOST_AUTO_TEST_CASE(loops_of_links_end)
{
    auto const view = view_of({"l:self=self l:a=b l:b=a l:deep=deep/x l:wide=wide/../wide"});
    for (auto const* path : {"self", "a", "b/c", "deep", "wide", "self/"})
        BOOST_CHECK_EXCEPTION(view.resolve(path, true), error,
                              [](error const& e) { return e.code() == errc::outside_root; });
    BOOST_TEST(view.resolve("self", false).file.has_value());
}

BOOST_AUTO_TEST_CASE(two_hundred_links_in_a_row_are_no_loop)
{
    std::string text = "f:n0";
    for (int i = 1; i <= 255; ++i)
        text += " l:n" + std::to_string(i) + "=n" + std::to_string(i - 1);
    auto const view = view_of({text});
    BOOST_TEST(view.resolve("n255", true).path == "n0");
    BOOST_CHECK_THROW(view.resolve("n255/../n255", true), error);
}

BOOST_AUTO_TEST_CASE(links_of_upper_layers_lead_to_files_of_lower_ones)
{
    auto const view = view_of({"d:opt d:opt/v1 f:opt/v1/x", "l:current=/opt/v1", "w:opt/v1/x"});
    BOOST_TEST(!view.resolve("current/x", true).file.has_value());
    BOOST_TEST(view_of({"f:opt/v1/x", "l:current=/opt/v1"}).resolve("current/x", true).path == "opt/v1/x");
}

BOOST_AUTO_TEST_CASE(kept_content_is_that_of_the_visible_file)
{
    layer_entry file;
    file.path = "etc/passwd";
    layer_entry link;
    link.path = "accounts";
    link.type = entry_type::symbolic_link;
    link.link = "/etc/passwd";
    auto const lower = std::make_shared<layer_index const>(std::vector{file, link},
                                                           std::map<std::string, std::string>{{"etc/passwd", "old"}});
    auto const upper = std::make_shared<layer_index const>(std::vector{file},
                                                           std::map<std::string, std::string>{{"etc/passwd", "new"}});
    BOOST_TEST(root_view({lower}).content("accounts").value() == "old");
    BOOST_TEST(root_view({lower, upper}).content("/etc/passwd").value() == "new");
    BOOST_TEST(!root_view({lower}).content("etc/group").has_value());
    BOOST_TEST(!root_view({lower, layer_of("w:etc")}).content("etc/passwd").has_value());
}
BOOST_AUTO_TEST_SUITE_END()
