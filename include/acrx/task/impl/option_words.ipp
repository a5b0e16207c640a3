// Bodies of task/detail/option_words.hpp.
#ifndef ACRX_TASK_IMPL_OPTION_WORDS_IPP
#define ACRX_TASK_IMPL_OPTION_WORDS_IPP
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/wording.hpp>
#include <acrx/task/detail/option_words.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace acrx::detail {
inline std::vector<std::string_view> names_of(option_handler const& option)
{
    std::vector<std::string_view> names;
    for (auto rest = option.names; !rest.empty();) {
        names.push_back(rest.substr(0, rest.find(' ')));
        rest.remove_prefix(std::min(rest.size(), names.back().size() + 1));
    }
    return names;
}

ACRX_DECL void add_parts(std::string_view value, std::vector<std::string>& into)
{
    while (!value.empty()) {
        auto const part = value.substr(0, value.find(','));
        value.remove_prefix(std::min(value.size(), part.size() + 1));
        if (!part.empty())
            into.emplace_back(part);
    }
}

ACRX_DECL void check_image_name(std::string const& name, std::string const& prefix)
{
    if (name.find('$') != name.npos)
        throw error(errc::invalid_argument, prefix + "the image name '" + name + "' holds '$'",
                    "There is no such alias; those such as $Registry need 'version: v1.1.0' in the task file.");
}

/// Reads the words of one command.
class option_reader
{
public:
    option_reader(std::vector<std::string> const& words, option_grammar grammar,
                  std::vector<option_handler> const& options)
        : words_(words), grammar_(grammar), options_(options)
    {}

    read_words read()
    {
        while (at_ < words_.size()) {
            std::string_view const word = words_[at_++];
            bool const is_argument = word.size() < 2 || word[0] != '-';
            if (word == "--" || (is_argument && grammar_.first_argument_ends_options)) {
                auto const from = static_cast<std::ptrdiff_t>(at_ - (is_argument ? 1 : 0));
                done_.arguments.insert(done_.arguments.end(), words_.begin() + from, words_.end());
                break;
            }
            if (is_argument)
                done_.arguments.emplace_back(word);
            else if (word[1] == '-')
                read_long(word);
            else
                read_short(word);
        }
        return std::move(done_);
    }

private:
    option_handler const* find(std::string_view name) const
    {
        for (auto const& option : options_)
            for (auto const known : names_of(option))
                if (known == name)
                    return &option;
        return nullptr;
    }

    static bool takes_value(option_handler const& option)
    {
        return option.form == option_form::value || option.form == option_form::ignored_value;
    }

    void read_long(std::string_view word)
    {
        auto const equals = word.find('=');
        auto const name = word.substr(0, equals);
        auto const* option = find(name);
        if (option == nullptr)
            refuse_unknown(name);
        if (equals != word.npos)
            use(*option, name, std::string(word.substr(equals + 1)));
        else
            use(*option, name, takes_value(*option) ? next_word(name) : "true");
    }

    /// One or several short options in one word, the last one with its value: `-qt NAME`.
    void read_short(std::string_view word)
    {
        for (std::size_t i = 1; i < word.size(); ++i) {
            auto const name = std::string("-") + word[i];
            auto const* option = find(name);
            if (option == nullptr)
                refuse_unknown(word.size() == 2 ? name : std::string(word));
            if (!takes_value(*option)) {
                use(*option, name, "true");
                continue;
            }
            auto value = word.substr(i + 1);
            if (value.starts_with('='))
                value.remove_prefix(1);
            return use(*option, name, i + 1 == word.size() ? next_word(name) : std::string(value));
        }
    }

    std::string next_word(std::string_view name)
    {
        if (at_ == words_.size())
            throw error(errc::invalid_argument,
                        std::string(grammar_.command) + ": the value of " + std::string(name) + " is missing",
                        "Write " + std::string(name) + " VALUE.");
        return words_[at_++];
    }

    void use(option_handler const& option, std::string_view name, std::string const& value)
    {
        if (option.form == option_form::refused)
            throw error(errc::not_supported,
                        std::string(grammar_.command) + ": the option " + std::string(name) + " is not supported",
                        std::string(option.why));
        if (!takes_value(option) && value != "true" && value != "false")
            throw error(errc::invalid_argument, std::string(grammar_.command) + ": " + std::string(name) + "=" + value
                                                    + " is neither true nor false");
        if (option.form == option_form::value || option.form == option_form::flag)
            option.read(value);
        else if (std::find(done_.ignored.begin(), done_.ignored.end(), name) == done_.ignored.end())
            done_.ignored.emplace_back(name);
    }

    [[noreturn]] void refuse_unknown(std::string_view name) const
    {
        std::vector<std::string_view> known;
        for (auto const& option : options_)
            for (auto const one : names_of(option))
                if (one.starts_with("--"))
                    known.push_back(one);
        auto const near = dockerfile::closest(name, known);
        throw error(errc::invalid_argument,
                    std::string(grammar_.command) + ": unknown option '" + std::string(name) + "'",
                    near.empty() ? std::string{} : "Did you mean " + near + "?");
    }

    std::vector<std::string> const& words_;
    option_grammar grammar_;
    std::vector<option_handler> const& options_;
    read_words done_;
    std::size_t at_ = 0;
};

ACRX_DECL read_words read_option_words(std::vector<std::string> const& words, option_grammar grammar,
                                       std::vector<option_handler> const& options)
{
    return option_reader(words, grammar, options).read();
}
}  // namespace acrx::detail
#endif
