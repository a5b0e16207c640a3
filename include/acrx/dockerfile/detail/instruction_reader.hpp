// Gives a node of the syntax tree its meaning: one function an instruction.
#ifndef ACRX_DOCKERFILE_DETAIL_INSTRUCTION_READER_HPP
#define ACRX_DOCKERFILE_DETAIL_INSTRUCTION_READER_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/flags.hpp>
#include <acrx/dockerfile/detail/node_reader.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/go_duration.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <map>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
/// Gives one node its meaning.
class instruction_reader
{
public:
    explicit instruction_reader(syntax_node const& node) : node_(node), name_(to_upper(node.keyword)) {}

    any_instruction read() const
    {
        using reader = any_instruction (instruction_reader::*)() const;
        using entry = std::pair<std::string_view, reader>;
        using self = instruction_reader;
        static constexpr std::array<entry, 18> readers{
            entry{"run", &self::read_run},
            {"copy", &self::read_copy},
            {"env", &self::read_env},
            {"from", &self::read_from},
            {"arg", &self::read_arg},
            {"workdir", &self::read_workdir},
            {"cmd", &self::read_cmd},
            {"entrypoint", &self::read_entrypoint},
            {"label", &self::read_label},
            {"expose", &self::read_expose},
            {"user", &self::read_user},
            {"add", &self::read_add},
            {"volume", &self::read_volume},
            {"shell", &self::read_shell},
            {"healthcheck", &self::read_healthcheck},
            {"stopsignal", &self::read_stopsignal},
            {"onbuild", &self::read_onbuild},
            {"maintainer", &self::read_maintainer},
        };
        for (auto const& [keyword, read_it] : readers)
            if (keyword == node_.keyword)
                return (this->*read_it)();

        std::vector<std::string_view> known;
        for (auto const& r : readers)
            known.push_back(r.first);
        auto suggestion = closest(node_.keyword, known);
        if (node_.spelling != node_.keyword)
            suggestion = to_upper(suggestion);
        refuse("unknown instruction: " + node_.spelling
               + (suggestion.empty() ? "" : " (did you mean " + suggestion + "?)"));
    }

private:
    /// @param word  what the error is about, if it is not the whole instruction
    [[noreturn]] void refuse(std::string const& text, std::string_view word = {}, std::string const& advice = {}) const
    {
        auto where = node_.where;
        auto const at = word.empty() ? std::string::npos : node_.original.find(word, node_.spelling.size());
        if (at < static_cast<std::size_t>(node_.first_line_length))
            where.column += static_cast<int>(at);
        throw parse_error(errc::invalid_instruction, where, text, advice);
    }

    flag_set flags(std::vector<known_flag> const& known = {}) const
    try {
        return flag_set(node_.flags, known);
    } catch (flag_refusal const& refusal) {
        refuse(refusal.text, refusal.word);
    }

    std::vector<std::string> const& arguments() const { return node_.arguments; }

    void need_one_or_more() const
    {
        if (arguments().empty())
            refuse(name_ + " requires at least one argument");
    }

    std::string only_argument() const
    {
        if (arguments().size() != 1)
            refuse(name_ + " requires exactly one argument");
        flags();
        return arguments().front();
    }

    command_line command() const
    {
        return {arguments(), !node_.json_form};
    }

    std::vector<name_value> pairs() const
    {
        flags();
        need_one_or_more();
        std::vector<name_value> result;
        for (std::size_t i = 0; i + 2 < arguments().size(); i += 3) {
            if (arguments()[i].empty())
                refuse(name_ + " names can not be blank");
            result.push_back({arguments()[i], arguments()[i + 1], arguments()[i + 2].empty()});
        }
        return result;
    }

    any_instruction read_from() const
    {
        from result;
        auto const& words = arguments();
        if (words.size() == 3 && ascii_lower(words[1]) == "as") {
            result.stage_name = ascii_lower(words[2]);
            result.stage_name_as_written = words[2];
            result.as_keyword = words[1];
            auto const allowed = [](char c) {
                return (c >= 'a' && c <= 'z') || is_digit(static_cast<unsigned char>(c)) || c == '-' || c == '_'
                       || c == '.';
            };
            auto const& name = result.stage_name;
            if (name.front() < 'a' || name.front() > 'z' || !std::all_of(name.begin(), name.end(), allowed))
                refuse("invalid name for build stage: " + go_quote(words[2])
                           + ", name can't start with a number or contain symbols",
                       words[2]);
        } else if (words.size() != 1) {
            refuse("FROM requires either one or three arguments");
        }
        result.image = words.front();
        result.platform = flags({{"platform"}}).text("platform");
        return result;
    }

    any_instruction read_arg() const
    {
        need_one_or_more();
        flags();
        arg result;
        for (auto const& word : arguments()) {
            auto const equals = word.find('=');
            if (equals == 0)
                refuse("ARG names can not be blank", word);
            auto& declared = result.declarations.emplace_back();
            declared.name = word.substr(0, equals);
            if (equals != std::string::npos)
                declared.value = word.substr(equals + 1);
        }
        return result;
    }

    any_instruction read_env() const { return env{pairs()}; }
    any_instruction read_label() const { return label{pairs()}; }

    mount read_mount(std::string const& text) const
    try {
        return parse_mount(text);
    } catch (parse_error const& e) {
        refuse(e.text(), text, e.advice());
    }

    any_instruction read_run() const
    {
        auto const given = flags({{"mount", flag_type::repeatable},
                                  {"network"},
                                  {"security"},
                                  {"device", flag_type::repeatable}});
        run result;
        result.command = command();
        result.heredocs = node_.heredocs;
        for (auto const& text : given.all("mount"))
            result.mounts.push_back(read_mount(text));
        result.devices = given.all("device");
        result.network = given.text("network", "default");
        if (result.network != "default" && result.network != "none" && result.network != "host")
            refuse("invalid network mode " + go_quote(result.network), result.network);
        result.security = given.text("security", "sandbox");
        if (result.security != "sandbox" && result.security != "insecure")
            refuse("security " + go_quote(result.security) + " is not valid", result.security);
        return result;
    }

    std::optional<heredoc> heredoc_in(std::string const& word) const
    try {
        return node_.json_form ? std::nullopt : heredoc_from(word);
    } catch (parse_error const&) {
        return {};  // a word that only looks like a heredoc is a path
    }

    file_transfer transfer(flag_set const& given) const
    {
        file_transfer result;
        result.destination = arguments().back();
        if (heredoc_in(result.destination))
            refuse(name_ + " cannot accept a heredoc as a destination", result.destination);
        std::map<std::string_view, std::deque<heredoc const*>> bodies;
        for (auto const& document : node_.heredocs)
            bodies[document.name].push_back(&document);
        for (auto word = arguments().begin(); word != arguments().end() - 1; ++word) {
            auto announced = heredoc_in(*word);
            if (!announced) {
                result.sources.push_back(*word);
                continue;
            }
            if (auto const found = bodies.find(announced->name); found != bodies.end() && !found->second.empty()) {
                announced->content = found->second.front()->content;
                found->second.pop_front();
            }
            result.heredocs.push_back(std::move(*announced));
        }
        result.chown = given.text("chown");
        result.chmod = given.text("chmod");
        result.link = given.boolean("link").value_or(false);
        result.excludes = given.all("exclude");
        return result;
    }

    void need_source_and_destination() const
    {
        if (arguments().size() < 2)
            refuse(name_
                   + " requires at least two arguments, but only one was provided. Destination could not be "
                     "determined");
    }

    any_instruction read_copy() const
    {
        need_source_and_destination();
        auto const given = flags({{"chown"},
                                  {"from"},
                                  {"chmod"},
                                  {"link", flag_type::boolean},
                                  {"parents", flag_type::boolean},
                                  {"exclude", flag_type::repeatable}});
        copy result{transfer(given), given.text("from")};
        result.files.parents = given.boolean("parents").value_or(false);
        return result;
    }

    any_instruction read_add() const
    {
        need_source_and_destination();
        auto const given = flags({{"chown"},
                                  {"chmod"},
                                  {"link", flag_type::boolean},
                                  {"keep-git-dir", flag_type::boolean},
                                  {"checksum"},
                                  {"unpack", flag_type::boolean},
                                  {"exclude", flag_type::repeatable}});
        return add{transfer(given), given.text("checksum"), given.boolean("keep-git-dir"),
                   given.boolean("unpack")};
    }

    any_instruction read_workdir() const { return workdir{only_argument()}; }
    any_instruction read_user() const { return user{only_argument()}; }
    any_instruction read_stopsignal() const { return stopsignal{only_argument()}; }
    any_instruction read_maintainer() const { return maintainer{only_argument()}; }

    any_instruction read_cmd() const
    {
        flags();
        return cmd{command()};
    }

    any_instruction read_entrypoint() const
    {
        flags();
        return entrypoint{command()};
    }

    any_instruction read_shell() const
    {
        flags();
        need_one_or_more();
        if (!node_.json_form)
            refuse("SHELL requires the arguments to be in JSON form", {},
                   "Write it as in SHELL [\"/bin/bash\", \"-c\"].");
        return shell{arguments()};
    }

    any_instruction read_expose() const
    {
        need_one_or_more();
        flags();
        expose result{arguments()};
        std::sort(result.ports.begin(), result.ports.end());
        return result;
    }

    any_instruction read_volume() const
    {
        need_one_or_more();
        flags();
        volume result;
        for (auto const& path : arguments()) {
            result.paths.emplace_back(trim(path));
            if (result.paths.back().empty())
                refuse("VOLUME specified can not be an empty string");
        }
        return result;
    }

    std::chrono::nanoseconds interval(flag_set const& given, std::string_view name) const
    try {
        auto const text = given.text(name);
        auto const duration = text.empty() ? std::chrono::nanoseconds{0} : parse_go_duration(text);
        if (duration.count() != 0 && duration < std::chrono::milliseconds(1))
            refuse("Interval " + go_quote(name) + " cannot be less than 1ms", text);
        return duration;
    } catch (parse_error const& e) {
        if (e.where().first_line != 0)
            throw;
        refuse(e.text(), given.text(name));
    }

    int retries(flag_set const& given) const
    {
        auto const text = given.text("retries");
        if (text.empty())
            return 0;
        int value = 0;
        bool const signed_plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
        auto const begin = text.data() + (signed_plus ? 1 : 0);
        auto const [end, failure] = std::from_chars(begin, text.data() + text.size(), value);
        if (failure == std::errc::invalid_argument || end != text.data() + text.size())
            refuse("strconv.ParseInt: parsing " + go_quote(text) + ": invalid syntax", text);
        if (failure != std::errc{})
            refuse("strconv.ParseInt: parsing " + go_quote(text) + ": value out of range", text);
        if (value < 0)
            refuse("--retries cannot be negative (" + std::to_string(value) + ")", text);
        return value;
    }

    any_instruction read_healthcheck() const
    {
        need_one_or_more();
        healthcheck result;
        auto const kind = to_upper(arguments().front());
        if (kind == "NONE") {
            if (arguments().size() > 1)
                refuse("HEALTHCHECK NONE takes no arguments", arguments()[1]);
            result.test = {"NONE"};
            return result;
        }
        auto const given = flags({{"interval"}, {"timeout"}, {"start-period"}, {"start-interval"}, {"retries"}});
        if (kind != "CMD")
            refuse("Unknown type " + go_quote(kind) + " in HEALTHCHECK (try CMD)", arguments().front());
        if (arguments().size() == 1)
            refuse("Missing command after HEALTHCHECK CMD");
        result.test = arguments();
        result.test.front() = node_.json_form ? "CMD" : "CMD-SHELL";
        result.interval = interval(given, "interval");
        result.timeout = interval(given, "timeout");
        result.start_period = interval(given, "start-period");
        result.start_interval = interval(given, "start-interval");
        result.retries = retries(given);
        return result;
    }

    any_instruction read_onbuild() const
    {
        if (node_.nested.empty())
            refuse("ONBUILD requires at least one argument");
        flags();
        auto const trigger = to_upper(node_.nested.front().keyword);
        if (trigger == "ONBUILD")
            refuse("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        if (trigger == "MAINTAINER" || trigger == "FROM")
            refuse(trigger + " isn't allowed as an ONBUILD trigger", node_.nested.front().spelling);
        onbuild result{node_.rest};
        for (auto const& document : node_.heredocs)
            result.trigger += "\n" + document.content + document.name;
        return result;
    }

    syntax_node const& node_;
    std::string name_;
};
}  // namespace detail
}  // namespace acrx::dockerfile
#endif
