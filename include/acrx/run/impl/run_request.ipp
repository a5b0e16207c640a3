// Bodies of run/run_request.hpp.
#ifndef ACRX_RUN_IMPL_RUN_REQUEST_IPP
#define ACRX_RUN_IMPL_RUN_REQUEST_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/secret_fields.hpp>
#include <acrx/run/run_request.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
template<class F>
void for_each_secret(stored_task& step, F const& visit)
{
    for_each_secret(step.changes.arguments, visit);
    for_each_secret(step.changes.values, visit);
}

template<class F>
void for_each_secret(run_request& request, F const& visit)
{
    std::visit([&](auto& step) { for_each_secret(step, visit); }, request.what);
    visit(request.context_token);
    for_each_secret(request.credentials, visit);
}

/// Puts values in place of those of the same name; further ones come behind.
inline void override_values(std::vector<named_value>& values, std::vector<named_value> const& changes)
{
    for (auto const& change : changes) {
        auto const known = std::ranges::find(values, change.name, &named_value::name);
        if (known != values.end())
            *known = change;
        else
            values.push_back(change);
    }
}

inline void override_text(std::string& text, std::string const& change)
{
    if (!change.empty())
        text = change;
}

/// One overload a kind of step.
struct step_changer
{
    step_override const& changes;

    void operator()(docker_step& step) const
    {
        refuse(!changes.values.empty(), "a Docker step takes build arguments, no values");
        override_text(step.dockerfile, changes.file);
        override_text(step.target, changes.target);
        override_values(step.arguments, changes.arguments);
    }
    void operator()(file_step& step) const
    {
        refuse(!changes.arguments.empty() || !changes.target.empty(), "a task file takes values, no build arguments");
        override_text(step.task_file, changes.file);
        override_values(step.values, changes.values);
    }
    void operator()(text_step& step) const
    {
        refuse(!changes.arguments.empty() || !changes.target.empty(), "the text of a task takes values, no build arguments");
        refuse(!changes.file.empty(), "the step of this task is no file");
        override_values(step.named_values, changes.values);
    }

    static void refuse(bool wrong, std::string const& why)
    {
        if (wrong)
            throw error(errc::invalid_argument, why);
    }
};
}  // namespace detail

ACRX_DECL run_request request_of(step_definition const& step, step_override const& changes)
{
    run_request request;
    auto what = step.what;
    std::visit(detail::step_changer{changes}, what);
    std::visit([&](auto& kind) { request.what = std::move(kind); }, what);
    request.context = step.context;
    detail::override_text(request.context, changes.context);
    request.context_token = step.context_token;
    return request;
}

ACRX_DECL std::vector<std::string> secrets_of(run_request const& request)
{
    std::vector<std::string> secrets;
    auto copy = request;
    detail::for_each_secret(copy, [&](std::string const& secret) {
        if (!secret.empty())
            secrets.push_back(secret);
    });
    return secrets;
}

ACRX_DECL run_request without_secrets(run_request request)
{
    detail::for_each_secret(request, [](std::string& secret) { secret.clear(); });
    return request;
}
}  // namespace acrx
#endif
