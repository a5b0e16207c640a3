// Bodies of cli/run_record.hpp.
#ifndef ACRX_CLI_IMPL_RUN_RECORD_IPP
#define ACRX_CLI_IMPL_RUN_RECORD_IPP
#include <acrx/cli/detail/platform_list.hpp>
#include <acrx/cli/detail/record_members.hpp>
#include <acrx/cli/detail/text_table.hpp>
#include <acrx/cli/lint_text.hpp>
#include <acrx/cli/pretty_json.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/run_record.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace acrx::cli {
ACRX_DECL std::string_view to_string(run_status status)
{
    switch (status) {
    case run_status::running: return "Running";
    case run_status::succeeded: return "Succeeded";
    case run_status::failed: return "Failed";
    case run_status::canceled: return "Canceled";
    case run_status::timeout: return "Timeout";
    case run_status::error: return "Error";
    }
    return "Error";
}

namespace detail {
inline boost::json::object platform_member(platform const& one)
{
    boost::json::object member{{"os", one.os}, {"architecture", one.architecture}};
    if (!one.variant.empty())
        member["variant"] = one.variant;
    return member;
}
}  // namespace detail

ACRX_DECL std::string to_json_text(run_record const& record)
{
    boost::json::array platforms;
    for (auto const& one : record.platforms)
        platforms.emplace_back(detail::platform_member(one));
    boost::json::array images;
    for (auto const& [name, pushed] : record.images) {
        auto image = detail::image_member(name, record.image);
        if (!pushed && name.domain == "docker.io")
            image["registry"] = "";  // a bare name in the local store is in no registry
        image["pushed"] = pushed;
        images.emplace_back(std::move(image));
    }
    boost::json::array bases;
    for (auto const& base : record.bases)
        bases.emplace_back(detail::image_member(base, base.digest));

    boost::json::object json;
    json["runId"] = record.id;
    json["status"] = to_string(record.status);
    json["runType"] = "QuickBuild";
    json["createTime"] = to_rfc3339(record.created);
    json["startTime"] = to_rfc3339(record.started);
    json["finishTime"] = detail::time_member(record.finished);
    if (platforms.size() == 1)
        json["platform"] = std::move(platforms.front());
    else
        json["platforms"] = std::move(platforms);
    json["outputImages"] = std::move(images);
    json["imageDigest"] = record.image.empty() ? boost::json::value(nullptr) : boost::json::value(record.image.str());
    json["configDigest"] = record.config.empty() ? boost::json::value(nullptr) : boost::json::value(record.config.str());
    json["baseImages"] = std::move(bases);
    json["warnings"] = to_json(record.warnings);
    if (!record.error.empty())
        json["error"] = record.error;
    return pretty_json(json);
}

ACRX_DECL std::string to_table(run_record const& record)
{
    auto const took = record.finished ? to_duration_text(*record.finished - record.started) : "";
    auto const second = std::chrono::floor<std::chrono::seconds>(record.started);
    return detail::text_table({{"RUN ID", "PLATFORM", "STATUS", "STARTED", "DURATION", "DIGEST"},
                               {record.id, detail::to_list(record.platforms), std::string(to_string(record.status)),
                                to_rfc3339(second), took, record.image.str()}});
}
}  // namespace acrx::cli
#endif
