// Bodies of task/run_variables.hpp.
#ifndef ACRX_TASK_IMPL_RUN_VARIABLES_IPP
#define ACRX_TASK_IMPL_RUN_VARIABLES_IPP
#include <acrx/build/build_request.hpp>
#include <acrx/build/secret_values.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/task/run_variables.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/template.hpp>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace acrx {
ACRX_DECL std::string run_date(time_point time)
{
    using namespace std::chrono;
    auto const day = floor<days>(time);
    year_month_day const date(day);
    hh_mm_ss const clock(floor<seconds>(time - day));
    char text[64];
    std::snprintf(text, sizeof text, "%04d%02u%02u-%02d%02d%02dz", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

ACRX_DECL std::string shell_quoted(std::string_view text)
{
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_^@=+%,:./-";
    if (!text.empty() && text.find_first_not_of(plain) == text.npos)
        return std::string(text);
    std::string quoted = "'";
    for (char const c : text)
        if (c == '\'')
            quoted += "'\"'\"'";
        else
            quoted += c;
    return quoted + '\'';
}

ACRX_DECL templating::value to_template_value(task_data const& data)
{
    using templating::value;
    auto const& run = data.run;
    auto const values = value(data.values);
    auto const of_run = value::map_of({
        {"ID", run.id},
        {"Registry", run.registry},
        {"RegistryName", run.registry.substr(0, run.registry.find('.'))},
        {"Date", run_date(run.date)},
        {"Commit", run.commit},
        {"Branch", run.branch},
        {"Repository", run.repository},
        {"GitTag", run.git_tag},
        {"TriggeredBy", run.triggered_by},
        {"SharedVolume", run.shared_volume},
        {"OS", run.os},
        {"Architecture", run.architecture.empty() ? host_platform().architecture : run.architecture},
        {"OSVersion", run.os_version},
        {"TaskName", run.task_name},
    });
    auto const json = [](value const& v) {
        return shell_quoted(templating::render("{{toJson .}}", v, templating::task_options("json")));
    };
    templating::value_map secrets(data.secrets.begin(), data.secrets.end());
    return value::map_of({{"Run", of_run},
                          {"Build", value::map_of({{"ID", run.id}})},
                          {"Values", values},
                          {"Secrets", value(std::move(secrets))},
                          {"RunJSON", json(of_run)},
                          {"ValuesJSON", json(values)}});
}

ACRX_DECL std::vector<std::string> hidden_texts(task_data const& data)
{
    constexpr std::size_t shortest = 3;  // shorter ones would take ordinary text with them
    build_request request;
    request.secrets = data.secrets;
    for (auto const& name : data.hidden_values)
        if (auto const found = data.values.find(name); found != data.values.end())
            if (auto const* text = found->second.if_text())
                request.secrets.emplace("value " + name, *text);
    auto all = secret_values(request);
    for (auto const& [id, text] : request.secrets)
        all.push_back(to_base64(text));
    std::erase_if(all, [](std::string const& text) { return text.size() < shortest; });
    return all;
}
}  // namespace acrx
#endif
