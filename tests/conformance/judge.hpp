// Compares what a builder made with what a case expects; each difference is a sentence.
#ifndef ACRX_TESTS_CONFORMANCE_JUDGE_HPP
#define ACRX_TESTS_CONFORMANCE_JUDGE_HPP

#include "built_image.hpp"
#include "case_file.hpp"
#include "tree_judge.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace acrx::conformance {
namespace detail {
inline void compare_json(boost::json::value const& expected, boost::json::value const* found, std::string const& where,
                         complaints& wrong)
{
    auto const is_empty = [](boost::json::value const& v) {
        return v.is_null() || (v.is_object() && v.as_object().empty()) || (v.is_array() && v.as_array().empty())
               || (v.is_string() && v.as_string().empty());
    };
    if (expected.is_null()) {
        if (found != nullptr && !is_empty(*found))
            wrong.push_back(where + " should be absent, is " + boost::json::serialize(*found));
        return;
    }
    if (found == nullptr) {
        wrong.push_back(where + " is absent, should be " + boost::json::serialize(expected));
        return;
    }
    if (expected.is_object() && found->is_object()) {
        for (auto const& [key, value] : expected.as_object())
            compare_json(value, found->as_object().if_contains(key), where + "/" + std::string(key), wrong);
        return;
    }
    if (expected != *found)
        wrong.push_back(where + " is " + boost::json::serialize(*found) + ", should be "
                        + boost::json::serialize(expected));
}
}  // namespace detail

/// `{"config": {...}}`: objects are subsets, everything else is compared whole, null is "absent or empty".
/// `@PATH@` stands for the PATH that every image gets.
inline void check_json(section const& expected, boost::json::value const& found, complaints& wrong)
{
    std::string const place = "@PATH@";
    std::string const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    auto text = expected.body;
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place))
        text.replace(at, place.size(), path);
    detail::compare_json(boost::json::parse(text), &found, expected.name, wrong);
}

/// Lines `layer CREATED_BY` or `empty CREATED_BY`; a first line `...` stands for any entries before.
inline void check_history(section const& expected, boost::json::value const& config, complaints& wrong)
{
    std::vector<std::string> found;
    if (auto const* history = config.as_object().if_contains("history"))
        for (auto const& entry : history->as_array()) {
            auto const* empty = entry.as_object().if_contains("empty_layer");
            auto const* line = entry.as_object().if_contains("created_by");
            found.push_back((empty != nullptr && empty->as_bool() ? "empty " : "layer ")
                            + (line != nullptr ? std::string(line->as_string()) : std::string()));
        }
    // A line of the history may hold line ends: `\n` in the case.
    for (auto& line : found)
        for (auto at = line.find('\n'); at != std::string::npos; at = line.find('\n'))
            line.replace(at, 1, "\\n");
    auto lines = expected.lines();
    if (!lines.empty() && lines.front() == "...") {
        lines.erase(lines.begin());
        if (found.size() > lines.size())
            found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(lines.size()));
    }
    for (std::size_t i = 0; i < std::max(lines.size(), found.size()); ++i) {
        auto const is = i < found.size() ? found[i] : "(nothing)";
        auto const should_be = i < lines.size() ? lines[i] : "(nothing)";
        if (is != should_be)
            wrong.push_back("history line " + std::to_string(i + 1) + " is '" + is + "', should be '" + should_be + "'");
    }
}

/// `history`, `rootfs` and `layers` count the same layers: always checked.
inline void check_counts(built_image const& image, complaints& wrong)
{
    std::size_t with_layer = 0;
    if (auto const* history = image.config.as_object().if_contains("history"))
        for (auto const& entry : history->as_array()) {
            auto const* empty = entry.as_object().if_contains("empty_layer");
            with_layer += empty == nullptr || !empty->as_bool() ? 1 : 0;
        }
    auto const diff_ids = image.config.at("rootfs").at("diff_ids").as_array().size();
    if (with_layer != image.layers.size() || diff_ids != image.layers.size())
        wrong.push_back("the history has " + std::to_string(with_layer) + " layers, rootfs "
                        + std::to_string(diff_ids) + ", the manifest " + std::to_string(image.layers.size()));
}

/// All of a successful build but its output. @param with_history  whether history, manifest and layers are compared
inline void check_image(case_file const& expected, built_image const& image, bool with_history, complaints& wrong)
{
    tree_judge files(image.files, wrong);
    for (auto const& one : expected.sections()) {
        if (one.name == "files")
            files.check(one);
        else if (one.name == "content")
            files.check_content(one);
        else if (one.name == "config")
            check_json(one, image.config, wrong);
        else if (one.name == "manifest" && with_history)
            check_json(one, image.manifest, wrong);
        else if (one.name == "history" && with_history)
            check_history(one, image.config, wrong);
        else if (one.name == "layer" && with_history) {
            auto const number = std::stoi(one.argument);  // -1 is the last
            auto const count = static_cast<int>(image.layers.size());
            auto const at = number < 0 ? count + number : number - 1;
            if (at < 0 || at >= count)
                wrong.push_back("there is no layer " + one.argument + " of " + std::to_string(count));
            else
                tree_judge(image.layers[static_cast<std::size_t>(at)], wrong).check(one);
        }
    }
}

/// Lines `TEXT` that must occur in the output, and `! TEXT` that must not.
inline void check_output(section const& expected, std::string const& output, complaints& wrong)
{
    for (auto const& line : expected.lines()) {
        auto const is_unwanted = line.starts_with("! ");
        auto const text = is_unwanted ? line.substr(2) : line;
        if ((output.find(text) != std::string::npos) == is_unwanted)
            wrong.push_back((is_unwanted ? "the output must not hold '" : "the output lacks '") + text + "'");
    }
}

/// Lines `exit CODE`, `line NUMBER` and `text WORDS`.
inline void check_error(section const& expected, int status, std::string const& output, bool with_text,
                        complaints& wrong)
{
    auto code = std::string("1");
    for (auto const& line : expected.lines()) {
        auto const blank = line.find(' ');
        auto const key = line.substr(0, blank);
        auto const value = blank == std::string::npos ? "" : line.substr(blank + 1);
        if (key == "exit")
            code = value;
        else if (key != "line" && key != "text" && key != "not")
            throw std::runtime_error("unknown line of an error section: " + line);
        else if (with_text && key == "line" && output.find("Dockerfile:" + value + ":") == std::string::npos)
            wrong.push_back("the error is not that of line " + value);
        else if (with_text && key == "text" && output.find(value) == std::string::npos)
            wrong.push_back("the error lacks '" + value + "'");
        else if (with_text && key == "not" && output.find(value) != std::string::npos)
            wrong.push_back("the error must not hold '" + value + "'");
    }
    if (with_text ? std::to_string(status) != code : status == 0)
        wrong.push_back("the exit status is " + std::to_string(status) + ", should be " + code);
}

/// Lines `RULE LINE`: all findings of the check, in its order. @param found  what `--check -o json` printed
inline void check_warnings(section const& expected, std::string const& found, complaints& wrong)
{
    std::string is;
    auto const record = boost::json::parse(found);
    for (auto const& warning : record.at("warnings").as_array())
        is += std::string(warning.at("rule").as_string()) + " " + std::to_string(warning.at("line").to_number<int>())
              + "\n";
    std::string should_be;
    for (auto const& line : expected.lines())
        should_be += line + "\n";
    if (is != should_be)
        wrong.push_back("the findings are " + detail::shown(is) + ", should be " + detail::shown(should_be));
}

/// Lines `same PATH` and `differs PATH`: a file of the first build's image and of the last one's.
inline void check_cache(section const& expected, file_tree const& first, file_tree const& last, complaints& wrong)
{
    for (auto const& line : expected.lines()) {
        detail::file_words words(line);
        auto const must_be_same = words.next() == "same";
        auto const path = words.next();
        if (!first.contains(path) || !last.contains(path))
            wrong.push_back(path + " is not in both images");
        else if ((first.at(path).content == last.at(path).content) != must_be_same)
            wrong.push_back("the step that makes " + path + (must_be_same ? " ran again" : " was taken from the cache"));
    }
}
}  // namespace acrx::conformance
#endif
