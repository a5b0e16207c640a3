// Bodies of templating/detail/regex.hpp: programs of threads that advance in step.
#ifndef ACRX_TEMPLATING_IMPL_REGEX_IPP
#define ACRX_TEMPLATING_IMPL_REGEX_IPP
#include <acrx/core/error.hpp>
#include <acrx/templating/detail/regex.hpp>
#include <acrx/templating/detail/regex_parser.hpp>
#include <acrx/templating/detail/unicode.hpp>

#include <algorithm>
#include <charconv>

namespace acrx::templating::detail {
ACRX_DECL bool character_set::has(char32_t c) const
{
    auto found = std::any_of(ranges.begin(), ranges.end(),
                             [c](auto const& range) { return range.first <= c && c <= range.second; });
    for (auto i = categories.begin(); i != categories.end() && !found; ++i)
        found = category(c).starts_with(i->category) != i->negated;
    return found != negated;
}

inline bool is_regex_word(std::string_view text, std::size_t place)
{
    auto const c = static_cast<unsigned char>(text[place]);
    return c < 0x80 && (is_letter(c) || is_digit(c) || c == '_');
}

inline bool holds(assertion check, std::string_view text, std::size_t place)
{
    auto const at_start = place == 0;
    auto const at_end = place == text.size();
    switch (check) {
    case assertion::text_start: return at_start;
    case assertion::text_end: return at_end;
    case assertion::line_start: return at_start || text[place - 1] == '\n';
    case assertion::line_end: return at_end || text[place] == '\n';
    case assertion::word_boundary:
    case assertion::no_word_boundary: break;
    }
    auto const before = !at_start && is_regex_word(text, place - 1);
    auto const after = !at_end && is_regex_word(text, place);
    return (before != after) == (check == assertion::word_boundary);
}

ACRX_DECL regex::regex(std::string_view expression)
{
    auto tree = parse_regex(expression);
    groups_ = std::move(tree.groups);
    program_.push_back({op::save, 1, 0, {}, {}});
    compile(tree.root, 0);
    auto const end = emit(op::save);
    program_[end].other = 1;
    emit(op::match);
}

/// Appends an instruction whose next is the one after it.
ACRX_DECL std::size_t regex::emit(op what)
{
    if (program_.size() >= 20'000)
        throw error(errc::invalid_argument, "error parsing regexp: expression is too large");
    instruction i{what, program_.size() + 1, 0, {}, {}};
    program_.push_back(std::move(i));
    return program_.size() - 1;
}

ACRX_DECL std::size_t regex::compile(regex_node const& node, std::size_t depth)
{
    auto const start = program_.size();
    switch (node.kind) {
    case regex_kind::nothing: break;
    case regex_kind::characters: program_[emit(op::characters)].set = node.set; break;
    case regex_kind::asserts: program_[emit(op::asserts)].check = node.check; break;
    case regex_kind::sequence:
        for (auto const& part : node.parts)
            compile(part, depth + 1);
        break;
    case regex_kind::group: {
        program_[emit(op::save)].other = node.group * 2;
        compile(node.parts[0], depth + 1);
        program_[emit(op::save)].other = node.group * 2 + 1;
        break;
    }
    case regex_kind::choice: {
        std::vector<std::size_t> ends;
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            auto const is_last = i + 1 == node.parts.size();
            auto const split = is_last ? 0 : emit(op::split);
            compile(node.parts[i], depth + 1);
            if (is_last)
                break;
            ends.push_back(emit(op::split));  // with both ways alike: a jump
            program_[split].other = program_.size();
        }
        for (auto const end : ends)
            program_[end].next = program_[end].other = program_.size();
        break;
    }
    case regex_kind::repetition: compile_repetition(node, depth); break;
    }
    return start;
}

ACRX_DECL void regex::compile_repetition(regex_node const& node, std::size_t depth)
{
    auto const set_ways = [&](std::size_t split, std::size_t body, std::size_t after) {
        program_[split].next = node.greedy ? body : after;
        program_[split].other = node.greedy ? after : body;
    };
    for (int i = 0; i < node.least; ++i)
        compile(node.parts[0], depth + 1);
    if (node.most < 0) {
        auto const split = emit(op::split);
        compile(node.parts[0], depth + 1);
        auto const again = emit(op::split);
        program_[again].next = program_[again].other = split;
        set_ways(split, split + 1, program_.size());
        return;
    }
    std::vector<std::size_t> splits;
    for (int i = node.least; i < node.most; ++i) {
        splits.push_back(emit(op::split));
        compile(node.parts[0], depth + 1);
    }
    for (auto const split : splits)
        set_ways(split, split + 1, program_.size());
}

/// Threads in the order of their preference, each instruction once.
struct regex::thread_list
{
    explicit thread_list(std::size_t size) : seen(size, false) {}

    std::vector<std::pair<std::size_t, regex_match>> threads;
    std::vector<bool> seen;

    void clear()
    {
        threads.clear();
        std::fill(seen.begin(), seen.end(), false);
    }
};

/// Follows what consumes nothing, without recursion.
ACRX_DECL void regex::add_thread(thread_list& list, std::size_t at, regex_match const& saved, std::string_view text,
                                 std::size_t place, budget& left) const
{
    std::vector<std::pair<std::size_t, regex_match>> pending{{at, saved}};
    while (!pending.empty()) {
        auto [i, match] = std::move(pending.back());
        pending.pop_back();
        if (list.seen[i])
            continue;
        list.seen[i] = true;
        left.spend(1 + match.size() / 16);
        auto const& now = program_[i];
        switch (now.what) {
        case op::split:
            if (now.other != now.next)
                pending.emplace_back(now.other, match);
            pending.emplace_back(now.next, std::move(match));
            break;
        case op::save:
            match[now.other] = place;
            pending.emplace_back(now.next, std::move(match));
            break;
        case op::asserts:
            if (holds(now.check, text, place))
                pending.emplace_back(now.next, std::move(match));
            break;
        case op::characters:
        case op::match: list.threads.emplace_back(i, std::move(match)); break;
        }
    }
}

ACRX_DECL std::optional<regex_match> regex::find(std::string_view text, std::size_t from, budget& left) const
{
    thread_list current(program_.size());
    thread_list following(program_.size());
    std::optional<regex_match> found;
    regex_match const nothing(groups_.size() * 2, std::string_view::npos);
    for (auto place = from;;) {
        if (!found)
            add_thread(current, 0, nothing, text, place, left);
        if (current.threads.empty() && found)
            break;
        auto const at_end = place >= text.size();
        auto const r = at_end ? rune{} : first_rune(text.substr(place));
        for (auto& [i, match] : current.threads) {
            auto const& now = program_[i];
            if (now.what == op::match) {
                found = std::move(match);
                break;
            }
            left.spend(1 + now.set.ranges.size() / 8);
            if (!at_end && now.set.has(r.c))
                add_thread(following, now.next, match, text, place + r.size, left);
        }
        if (at_end)
            break;
        place += r.size;
        std::swap(current, following);
        following.clear();
    }
    return found;
}

ACRX_DECL std::vector<regex_match> regex::find_all(std::string_view text, std::int64_t most, budget& left) const
{
    std::vector<regex_match> all;
    auto last_end = text.npos;
    for (std::size_t from = 0; from <= text.size() && (most < 0 || all.size() < static_cast<std::size_t>(most));) {
        left.spend(program_.size() / 16 + 1);
        auto match = find(text, from, left);
        if (!match)
            break;
        auto const begin = (*match)[0];
        auto const end = (*match)[1];
        auto const empty_after_match = begin == end && begin == last_end;
        from = end > from ? end : from < text.size() ? from + first_rune(text.substr(from)).size : from + 1;
        if (empty_after_match)
            continue;
        last_end = end;
        left.make(match->size() * sizeof(std::size_t));
        all.push_back(*std::move(match));
    }
    return all;
}

ACRX_DECL std::optional<std::size_t> regex::group(std::string_view name) const
{
    std::size_t number = 0;
    auto const done = std::from_chars(name.data(), name.data() + name.size(), number);
    if (done.ptr == name.data() + name.size() && !name.empty())
        return number < groups_.size() ? std::optional(number) : std::nullopt;
    auto const found = std::find(groups_.begin(), groups_.end(), name);
    if (found == groups_.end() || name.empty())
        return std::nullopt;
    return static_cast<std::size_t>(found - groups_.begin());
}
}  // namespace acrx::templating::detail
#endif
