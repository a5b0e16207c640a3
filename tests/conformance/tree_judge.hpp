// Compares the files of an image with the sections `files`, `content` and `layer` of a case.
#ifndef ACRX_TESTS_CONFORMANCE_TREE_JUDGE_HPP
#define ACRX_TESTS_CONFORMANCE_TREE_JUDGE_HPP

#include "built_image.hpp"
#include "case_file.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::conformance {
/// What is wrong with a result, a sentence each.
using complaints = std::vector<std::string>;

namespace detail {
/// One line of a `files` section, cut into words; a word in double quotes knows \n \t \\ \" and \xNN.
class file_words
{
public:
    explicit file_words(std::string line) : line_(std::move(line)) {}

    bool at_end() const { return at_ >= line_.size(); }
    std::string next()
    {
        if (at_end())
            throw std::runtime_error("a word is missing: " + line_);
        std::string word;
        if (line_[at_] == '"') {
            word = quoted();
        } else {
            auto const end = std::min(line_.find(' ', at_), line_.size());
            word = line_.substr(at_, end - at_);
            at_ = end;
        }
        at_ = std::min(line_.find_first_not_of(' ', at_), line_.size());
        return word;
    }
    std::string rest() { return line_.substr(std::exchange(at_, line_.size())); }

private:
    std::string quoted()
    {
        std::string word;
        for (++at_; at_ < line_.size() && line_[at_] != '"'; ++at_) {
            if (line_[at_] != '\\') {
                word += line_[at_];
                continue;
            }
            auto const c = line_.at(++at_);
            if (c == 'x') {
                word += static_cast<char>(std::stoi(line_.substr(at_ + 1, 2), nullptr, 16));
                at_ += 2;
            } else {
                word += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
            }
        }
        if (at_ >= line_.size())
            throw std::runtime_error("a quote is not closed: " + line_);
        ++at_;
        return word;
    }

    std::string line_;
    std::size_t at_ = 0;
};

inline std::string octal(unsigned mode)
{
    std::ostringstream text;
    text << std::oct << mode;
    auto digits = text.str();
    return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

inline std::string shown(std::string const& text)
{
    return boost::json::serialize(boost::json::value(text.substr(0, 400)));
}
}  // namespace detail

/// The sections `files`, `content` and `layer`, on one tree.
class tree_judge
{
public:
    tree_judge(file_tree const& tree, complaints& wrong) : tree_(tree), wrong_(wrong) {}

    void check(section const& expected)
    {
        std::set<std::string> named;
        std::vector<std::string> closed;
        for (auto const& line : expected.lines()) {
            detail::file_words words(line);
            auto const kind = words.next();
            auto const path = words.next();
            if (kind == "only")
                closed.push_back(path);
            else if (kind != "absent")
                named.insert(path);
            check_line(kind, path, words, line);
        }
        for (auto const& folder : closed)
            check_nothing_else(folder, named);
    }
    void check_content(section const& expected)
    {
        if (auto const* entry = find("file", expected.argument); entry != nullptr && entry->content != expected.body)
            wrong_.push_back(expected.argument + " holds " + detail::shown(entry->content) + ", should hold "
                             + detail::shown(expected.body));
    }

private:
    void check_line(std::string const& kind, std::string const& path, detail::file_words& words,
                    std::string const& line)
    {
        if (kind == "only")
            return;
        if (kind == "absent") {
            if (tree_.contains(path))
                wrong_.push_back(path + " should not be there");
        } else if (kind == "same") {
            check_same(path, words.next());
        } else if (kind == "time") {
            if (auto const* entry = find("", path); entry != nullptr && std::to_string(entry->mtime) != words.next())
                wrong_.push_back(path + " was changed at " + std::to_string(entry->mtime) + ": " + line);
        } else if (kind == "xattr") {
            check_xattr(path, words);
        } else if (kind == "link") {
            check_link(path, words);
        } else if (kind == "file" || kind == "dir" || kind == "fifo" || kind == "device") {
            if (auto const* entry = find(kind, path))
                check_entry(path, *entry, words);
        } else {
            throw std::runtime_error("unknown kind of expectation: " + line);
        }
    }
    void check_entry(std::string const& path, tree_entry const& entry, detail::file_words& words)
    {
        auto const mode = words.at_end() ? "-" : words.next();
        if (mode != "-" && mode != detail::octal(entry.mode))
            wrong_.push_back(path + " has mode " + detail::octal(entry.mode) + ", should have " + mode);
        if (!words.at_end())
            check_owner(path, entry, words.next());
        if (words.at_end())
            return;
        if (auto const text = words.next(); text != entry.content)
            wrong_.push_back(path + " holds " + detail::shown(entry.content) + ", should hold " + detail::shown(text));
    }
    void check_owner(std::string const& path, tree_entry const& entry, std::string const& owner)
    {
        auto const found = std::to_string(entry.uid) + ":" + std::to_string(entry.gid);
        if (owner != "-" && owner != found)
            wrong_.push_back(path + " belongs to " + found + ", should belong to " + owner);
    }
    void check_link(std::string const& path, detail::file_words& words)
    {
        auto const* entry = find("link", path);
        if (words.next() != "->")
            throw std::runtime_error("link PATH -> TARGET, not: link " + path);
        auto const target = words.next();
        if (entry != nullptr && entry->target != target)
            wrong_.push_back(path + " points to " + entry->target + ", should point to " + target);
        if (entry != nullptr && !words.at_end())
            check_owner(path, *entry, words.next());
    }
    void check_same(std::string const& one, std::string const& other)
    {
        auto const* a = find("file", one);
        auto const* b = find("file", other);
        if (a != nullptr && b != nullptr && a->inode != b->inode)
            wrong_.push_back(one + " and " + other + " should be one file");
    }
    void check_xattr(std::string const& path, detail::file_words& words)
    {
        auto const* entry = find("", path);
        auto const name = words.next();
        auto const value = words.next();
        if (entry == nullptr)
            return;
        auto const at = entry->xattrs.find(name);
        if (at == entry->xattrs.end() || at->second != value)
            wrong_.push_back(path + " should have the attribute " + name + "=" + detail::shown(value));
    }
    void check_nothing_else(std::string const& folder, std::set<std::string> const& named)
    {
        auto const prefix = folder == "/" ? folder : folder + "/";
        for (auto const& [path, entry] : tree_)
            if (path.starts_with(prefix) && path != folder && !named.contains(path))
                wrong_.push_back(path + " should not be there");
    }
    /// @param type  empty for any
    tree_entry const* find(std::string_view type, std::string const& path)
    {
        auto const at = tree_.find(path);
        if (at == tree_.end()) {
            wrong_.push_back(path + " is not there");
            return nullptr;
        }
        if (!type.empty() && at->second.type != type) {
            wrong_.push_back(path + " is a " + at->second.type + ", should be a " + std::string(type));
            return nullptr;
        }
        return &at->second;
    }

    file_tree const& tree_;
    complaints& wrong_;
};
}  // namespace acrx::conformance
#endif
