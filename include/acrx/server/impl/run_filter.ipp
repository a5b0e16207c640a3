// Bodies of server/run_filter.hpp.
#ifndef ACRX_SERVER_IMPL_RUN_FILTER_IPP
#define ACRX_SERVER_IMPL_RUN_FILTER_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/run_filter.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace acrx {
namespace detail {
inline constexpr std::array<std::pair<std::string_view, run_field>, 9> filter_fields{{
    {"runid", run_field::id},
    {"runtype", run_field::type},
    {"status", run_field::status},
    {"createtime", run_field::created},
    {"finishtime", run_field::finished},
    {"outputimagemanifests", run_field::output_images},
    {"isarchiveenabled", run_field::is_archived},
    {"taskname", run_field::task},
    {"agentpoolname", run_field::agent_pool},
}};

inline constexpr std::array<std::pair<std::string_view, comparison>, 6> filter_words{{
    {"eq", comparison::equal},
    {"ne", comparison::not_equal},
    {"lt", comparison::less},
    {"le", comparison::less_or_equal},
    {"gt", comparison::greater},
    {"ge", comparison::greater_or_equal},
}};

class filter_reader
{
public:
    explicit filter_reader(std::string_view text) : text_(text) {}

    std::vector<run_condition> read()
    {
        std::vector<run_condition> conditions;
        do {
            conditions.push_back(condition());
        } while (take_word("and"));
        if (!at_end())
            refuse("`and` or the end");
        return conditions;
    }

private:
    [[noreturn]] void refuse(std::string const& wanted)
    {
        skip_space();
        throw arm_refusal(400, "InvalidParameter",
                          "$filter: at character " + std::to_string(at_ + 1) + " there should be " + wanted, "$filter");
    }
    void skip_space()
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }
    bool at_end()
    {
        skip_space();
        return at_ == text_.size();
    }
    bool take(char c)
    {
        skip_space();
        if (at_ == text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    std::string_view peek_word()
    {
        skip_space();
        auto const end = text_.find_first_of(" (),'", at_);
        return text_.substr(at_, end == text_.npos ? text_.npos : end - at_);
    }
    bool take_word(std::string_view word)
    {
        auto const next = peek_word();
        if (ascii_lower(next) != word)
            return false;
        at_ += next.size();
        return true;
    }

    run_condition condition()
    {
        auto const start = at_;
        if (take_word("contains")) {
            if (take('('))
                return contains();
            at_ = start;
        }
        auto const which = field();
        for (auto const& [word, how] : filter_words)
            if (take_word(word))
                return finish({which, how, {}});
        refuse("eq, ne, lt, le, gt or ge");
    }

    run_condition contains()
    {
        auto const which = field();
        if (!take(','))
            refuse("a comma");
        auto made = finish({which, comparison::contains, {}});
        if (!take(')'))
            refuse("a closing parenthesis");
        return made;
    }

    run_field field()
    {
        for (auto const& [word, which] : filter_fields)
            if (take_word(word))
                return which;
        refuse("one of RunId, RunType, Status, CreateTime, FinishTime, OutputImageManifests, IsArchiveEnabled, "
               "TaskName, AgentPoolName");
    }

    run_condition finish(run_condition made)
    {
        skip_space();
        auto const start = at_;
        made.text = value();
        if (auto const wrong = fault_of(made); !wrong.empty()) {
            at_ = start;
            refuse(wrong);
        }
        return made;
    }

    std::string value()
    {
        if (!take('\'')) {
            auto const bare = peek_word();
            if (bare.empty())
                refuse("a value");
            at_ += bare.size();
            return std::string(bare);
        }
        std::string inner;
        while (true) {
            auto const quote = text_.find('\'', at_);
            if (quote == text_.npos)
                refuse("a closing quote");
            inner += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (at_ == text_.size() || text_[at_] != '\'')
                return inner;
            inner += '\'';
            ++at_;
        }
    }

    /// What the field and the comparison want instead; empty if the condition makes sense.
    static std::string fault_of(run_condition const& made)
    {
        try {
            meets(run_record{}, made);
            return {};
        } catch (error const& e) {
            return "a value that fits (" + e.text() + ")";
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
};
}  // namespace detail

ACRX_DECL std::vector<run_condition> parse_run_filter(std::string_view text)
{
    return detail::filter_reader(text).read();
}
}  // namespace acrx
#endif
