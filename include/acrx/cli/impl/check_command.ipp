// Bodies of cli/check_command.hpp.
#ifndef ACRX_CLI_IMPL_CHECK_COMMAND_IPP
#define ACRX_CLI_IMPL_CHECK_COMMAND_IPP
#include <acrx/build/check_dockerfile.hpp>
#include <acrx/build/redactor.hpp>
#include <acrx/cli/check_command.hpp>
#include <acrx/cli/detail/settled_options.hpp>
#include <acrx/cli/detail/shown_dockerfile_of.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/lint_text.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/core/deadline.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/object.hpp>

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace acrx::cli {
namespace detail {
inline check_result run_to_the_end(build_options const& options, quick_request request)
{
    auto const state = state_of(options.home);
    net::io_context host(1);
    net::thread_pool pool;
    auto work = with_deadline(run_check(options, state, std::move(request), pool.get_executor()), options.timeout,
                              "checking " + options.context);
    auto result = net::co_spawn(host, std::move(work), net::use_future);
    host.run();
    return result.get();
}

inline std::string check_json(check_result const& result, std::string const& file)
{
    boost::json::object json;
    json["file"] = file;
    json["warnings"] = to_json(result.warnings);
    if (result.failure)
        json["error"] = what_failed(result.failure);
    return pretty_json(json);
}

inline std::string check_table(check_result const& result)
{
    std::vector<std::vector<std::string>> rows{{"LINE", "RULE", "MESSAGE"}};
    for (auto const& warning : result.warnings)
        rows.push_back({std::to_string(warning.where.first_line), std::string(text_of(warning.rule).name),
                        warning.message});
    return text_table(rows);
}

inline std::string check_text(check_result const& result, shown_dockerfile const& file)
{
    std::string text;
    if (!result.failure || !result.warnings.empty())
        text = lint_summary(result.warnings.size()) + "\n";
    for (auto const& warning : result.warnings)
        text += "\n" + lint_text(warning, file);
    return text;
}

inline std::string redacted(std::string_view text, std::vector<std::string> const& secrets)
{
    redactor filter(secrets);
    auto shown = filter.feed(text);
    return shown + filter.finish();
}

inline exit_status show(check_result const& result, build_options const& options,
                        std::vector<std::string> const& secrets, console& streams)
{
    auto const file = shown_dockerfile_of(options);
    for (auto const& unknown : result.unknown_bases)
        streams.err.write(redacted("note: the base image is taken for an empty one: " + unknown + "\n", secrets));
    auto const text = options.format == output_format::json    ? check_json(result, file.name)
                      : options.format == output_format::table ? check_table(result)
                                                               : check_text(result, file);
    streams.out.write(redacted(text, secrets));
    if (result.failure) {
        streams.err.write(redacted(error_text(result.failure, file), secrets));
        return cli::status_of(result.failure);
    }
    return result.warnings.empty() ? exit_status::success : exit_status::build_failed;
}
}  // namespace detail

ACRX_DECL exit_status check(build_options const& given, console& streams)
{
    try {
        auto const state = state_of(given.home);
        auto const lock = state_lock::shared(state.root());
        detail::settled_options const settled(given, state);
        auto const& options = settled.get();
        auto request = to_request(options, "check", process_environment());
        auto const secrets = secrets_of(request);
        auto const result = detail::run_to_the_end(options, std::move(request));
        return detail::show(result, options, secrets, streams);
    } catch (error const& e) {
        streams.err.write(error_text(std::current_exception()));
        return e.code() == errc::timed_out ? exit_status::timeout : status_of(std::current_exception());
    } catch (...) {
        streams.err.write(error_text(std::current_exception()));
        return status_of(std::current_exception());
    }
}
}  // namespace acrx::cli
#endif
