// One case of the conformance suite as it stands in its file; README.md tells what the sections mean.
#ifndef ACRX_TESTS_CONFORMANCE_CASE_FILE_HPP
#define ACRX_TESTS_CONFORMANCE_CASE_FILE_HPP

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::conformance {
/// `-- NAME ARGUMENT`, and the lines up to the next such line.
struct section
{
    std::string name;
    std::string argument;  ///< the rest of the line; may be empty
    std::string body;      ///< each line with its end
    std::size_t line = 0;  ///< of its first line, 1-based

    /// The lines of the body that are neither empty nor comments.
    std::vector<std::string> lines() const
    {
        std::vector<std::string> found;
        std::istringstream in(body);
        for (std::string text; std::getline(in, text);)
            if (!text.empty() && !text.starts_with('#'))
                found.push_back(text);
        return found;
    }
    /// Whether it is a file to write: its name has a slash.
    bool is_file() const { return name.find('/') != std::string::npos; }
};

/// A case: what to build, and what must come of it.
class case_file
{
public:
    /// @param name  e.g. `copy/wildcard`
    case_file(std::filesystem::path const& file, std::string name) : name_(std::move(name))
    {
        std::ifstream in(file, std::ios::binary);
        if (!in)
            throw std::runtime_error(name_ + ": cannot be read");
        std::size_t number = 0;
        for (std::string text; std::getline(in, text);) {
            ++number;
            if (text.starts_with("-- "))
                begin_section(text.substr(3), number);
            else if (!sections_.empty())
                sections_.back().body += text + "\n";
            else if (!text.empty() && !text.starts_with('#'))
                throw std::runtime_error(name_ + ": text before the first section");
        }
    }

    std::string const& name() const { return name_; }
    std::vector<section> const& sections() const { return sections_; }
    /// The first section of that name; null if there is none.
    section const* find(std::string_view name) const
    {
        for (auto const& one : sections_)
            if (one.name == name)
                return &one;
        return nullptr;
    }

    /// Whether a section has that mark.
    bool mentions(std::string_view mark) const
    {
        for (auto const& one : sections_)
            if (one.body.find(mark) != std::string::npos)
                return true;
        return false;
    }
    /// Puts `value` where `mark` stands.
    void fill_in(std::string_view mark, std::string_view value)
    {
        for (auto& one : sections_)
            for (auto at = one.body.find(mark); at != std::string::npos; at = one.body.find(mark, at + value.size()))
                one.body.replace(at, mark.size(), value);
    }

private:
    void begin_section(std::string const& heading, std::size_t line)
    {
        auto const blank = heading.find(' ');
        section one;
        one.name = heading.substr(0, blank);
        one.argument = blank == std::string::npos ? "" : heading.substr(blank + 1);
        one.line = line;
        if (one.name == "Dockerfile")
            one.name = "context/Dockerfile";
        if (!one.is_file() && !is_known(one.name))
            throw std::runtime_error(name_ + ":" + std::to_string(line) + ": no section is called '" + one.name + "'");
        sections_.push_back(std::move(one));
    }
    static bool is_known(std::string_view name)
    {
        for (auto const* known :
             {"image", "prepare", "environment", "arguments", "again", "files", "content", "layer", "config",
              "manifest", "git", "history", "cache", "error", "output", "warnings", "verify", "buildah"})
            if (name == known)
                return true;
        return false;
    }

    std::string name_;
    std::vector<section> sections_;
};
}  // namespace acrx::conformance
#endif
