// Reads source files for the layout rules.
#include <layout/source_text.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace acrx::testing {
namespace {
/// The end of the literal that `quote` at `start` opens: one past its closing quote.
std::size_t end_of_literal(std::string_view text, std::size_t start)
{
    char const quote = text[start];
    std::size_t i = start + 1;
    while (i < text.size() && text[i] != quote && text[i] != '\n')
        i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
}

/// The end of the raw literal whose opening quote is at `start`.
std::size_t end_of_raw_literal(std::string_view text, std::size_t start)
{
    auto const open = text.find('(', start);
    auto const closing = ")" + std::string(text.substr(start + 1, open - start - 1)) + "\"";
    auto const end = text.find(closing, open);
    return end == std::string_view::npos ? text.size() : end + closing.size();
}

bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t end_of_blank(std::string_view text, std::size_t i)
{
    auto const rest = text.substr(i);
    if (rest.starts_with("//"))
        return std::min(text.find('\n', i), text.size());
    if (rest.starts_with("/*"))
        return std::min(text.find("*/", i + 2), text.size() - 2) + 2;
    bool const after_word = i > 0 && is_word(text[i - 1]);
    if (text[i] == '"')
        return i > 0 && text[i - 1] == 'R' ? end_of_raw_literal(text, i) : end_of_literal(text, i);
    if (text[i] == '\'' && !after_word)  // not the separator of 1'000
        return end_of_literal(text, i);
    return i;
}
}  // namespace

std::size_t source_file::line_at(std::size_t offset) const
{
    auto const end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::string blank_comments_and_literals(std::string_view text)
{
    std::string code(text);
    for (std::size_t i = 0; i < text.size();) {
        auto const end = end_of_blank(text, i);
        for (auto k = i; k < end; ++k)
            if (code[k] != '\n')
                code[k] = ' ';
        i = std::max(end, i + 1);
    }
    return code;
}

source_file read_source(std::string path, std::string text)
{
    source_file file{std::move(path), std::move(text), {}, {}};
    file.code = blank_comments_and_literals(file.text);
    constexpr std::string_view word = "#include <";
    for (auto at = file.code.find(word); at != std::string::npos; at = file.code.find(word, at + 1)) {
        auto const begin = at + word.size();
        file.includes.push_back({file.code.substr(begin, file.code.find('>', begin) - begin), file.line_at(at)});
    }
    return file;
}

std::vector<source_file> read_tree(std::filesystem::path const& root, std::vector<std::string> const& folders)
{
    namespace fs = std::filesystem;
    std::vector<source_file> files;
    for (auto const& folder : folders) {
        if (!fs::exists(root / folder))
            continue;
        for (auto const& entry : fs::recursive_directory_iterator(root / folder)) {
            auto const kind = entry.path().extension();
            if (!entry.is_regular_file() || (kind != ".hpp" && kind != ".ipp" && kind != ".cpp"))
                continue;
            std::ifstream in(entry.path());
            std::string text(std::istreambuf_iterator<char>(in), {});
            files.push_back(read_source(fs::relative(entry.path(), root).string(), std::move(text)));
        }
    }
    std::sort(files.begin(), files.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    return files;
}

std::string to_string(finding const& f)
{
    return f.path + ":" + std::to_string(f.line) + ": " + f.rule + ": " + f.text;
}
}  // namespace acrx::testing
