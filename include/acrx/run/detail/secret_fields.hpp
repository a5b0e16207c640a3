// Where steps and credentials hold secrets: each is visited in place.
#ifndef ACRX_RUN_DETAIL_SECRET_FIELDS_HPP
#define ACRX_RUN_DETAIL_SECRET_FIELDS_HPP

#include <acrx/run/step_definition.hpp>
#include <acrx/run/task_identity.hpp>

#include <vector>

namespace acrx::detail {
template<class F>
void for_each_secret(std::vector<named_value>& values, F const& visit)
{
    for (auto& value : values)
        if (value.is_secret)
            visit(value.value);
}

template<class F>
void for_each_secret(docker_step& step, F const& visit)
{
    for_each_secret(step.arguments, visit);
}

template<class F>
void for_each_secret(file_step& step, F const& visit)
{
    for_each_secret(step.values, visit);
}

template<class F>
void for_each_secret(text_step& step, F const& visit)
{
    for_each_secret(step.named_values, visit);
}

template<class F>
void for_each_secret(task_credentials& credentials, F const& visit)
{
    for (auto& [host, login] : credentials.registries)
        if (!login.password.in_vault)
            visit(login.password.value);
}
}  // namespace acrx::detail
#endif
