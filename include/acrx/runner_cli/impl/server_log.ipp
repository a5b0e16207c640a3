// Bodies of runner_cli/server_log.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_SERVER_LOG_IPP
#define ACRX_RUNNER_CLI_IMPL_SERVER_LOG_IPP
#include <acrx/cli/error_text.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/runner_cli/server_log.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace acrx::cli {
namespace detail {
inline std::string_view level_word(log_level level)
{
    return level == log_level::error ? "error" : level == log_level::warning ? "warning" : "info";
}

inline std::string field_text(std::string const& value)
{
    auto const text = printable(value);
    auto const is_word = !text.empty() && text.find_first_of(" \"=\n") == text.npos;
    return is_word ? text : boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}
}  // namespace detail

ACRX_DECL void server_log::write(log_level level, std::string_view what, fields more)
{
    auto const now = std::chrono::floor<std::chrono::milliseconds>(system_clock().now());
    if (is_json_) {
        boost::json::object line;
        line["ts"] = to_rfc3339(now);
        line["level"] = detail::level_word(level);
        line["msg"] = what;
        for (auto const& [name, value] : more)
            if (!value.empty())
                line[name] = printable(value);
        stream_.write(boost::json::serialize(line) + "\n");
        return;
    }
    auto line = to_rfc3339(now) + " " + std::string(detail::level_word(level)) + " " + std::string(what);
    for (auto const& [name, value] : more)
        if (!value.empty())
            line += " " + std::string(name) + "=" + detail::field_text(value);
    stream_.write(line + "\n");
}

ACRX_DECL void server_log::write(std::string_view what, std::exception_ptr failure)
{
    write(log_level::error, what, {{"err", what_failed(failure)}});
}
}  // namespace acrx::cli
#endif
