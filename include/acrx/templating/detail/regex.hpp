// Regular expressions in RE2's syntax, matched in linear time.
#ifndef ACRX_TEMPLATING_DETAIL_REGEX_HPP
#define ACRX_TEMPLATING_DETAIL_REGEX_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/limits.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::templating::detail {
/// A set of characters.
struct character_set
{
    struct named
    {
        std::string category;  ///< the start of a name of a category, e.g. `L`
        bool negated = false;
    };
    std::vector<std::pair<char32_t, char32_t>> ranges;
    std::vector<named> categories;
    bool negated = false;

    bool has(char32_t c) const;
};

enum class assertion
{
    text_start,
    text_end,
    line_start,
    line_end,
    word_boundary,
    no_word_boundary,
};

enum class regex_kind
{
    nothing,
    characters,
    asserts,
    sequence,
    choice,
    repetition,
    group,
};

/// One node of the syntax tree of an expression.
struct regex_node
{
    regex_kind kind = regex_kind::nothing;
    character_set set;
    assertion check = assertion::text_start;
    std::vector<regex_node> parts;
    int least = 0;
    int most = -1;  ///< -1: any number
    bool greedy = true;
    std::size_t group = 0;
};

/// The syntax tree of an expression, and the names of its groups.
struct regex_tree
{
    regex_node root;
    std::vector<std::string> groups{""};
};

/// @throws error (`errc::syntax`) worded as Go does
ACRX_DECL regex_tree parse_regex(std::string_view expression);

/// Where a match and its groups begin and end; npos, npos for a group that takes no part.
using regex_match = std::vector<std::size_t>;

/// A compiled expression.
class regex
{
public:
    /// @throws error (`errc::syntax`) if it is none, (`errc::invalid_argument`) if it is too large
    explicit ACRX_DECL regex(std::string_view expression);

    /// The first match from `from` on, the leftmost, by Perl's preferences. @throws error past a limit
    ACRX_DECL std::optional<regex_match> find(std::string_view text, std::size_t from, budget& left) const;
    /// Matches from left to right that do not overlap, at most `most` if that is not negative.
    ACRX_DECL std::vector<regex_match> find_all(std::string_view text, std::int64_t most, budget& left) const;
    /// The number of the group of this name, or whose number it is; nothing if there is none.
    ACRX_DECL std::optional<std::size_t> group(std::string_view name) const;

private:
    enum class op
    {
        characters,
        asserts,
        split,
        save,
        match,
    };
    struct instruction
    {
        op what;
        std::size_t next = 0;
        std::size_t other = 0;  ///< of a split: the second choice; of a save: the place
        assertion check = assertion::text_start;
        character_set set;
    };
    struct thread_list;

    std::size_t emit(op what);
    std::size_t compile(regex_node const& node, std::size_t depth);
    void compile_repetition(regex_node const& node, std::size_t depth);
    void add_thread(thread_list& list, std::size_t at, regex_match const& saved, std::string_view text,
                    std::size_t place, budget& left) const;

    std::vector<instruction> program_;
    std::vector<std::string> groups_;
};
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/regex.ipp>
#endif
#endif
