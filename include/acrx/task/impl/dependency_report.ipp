// Bodies of task/dependency_report.hpp.
#ifndef ACRX_TASK_IMPL_DEPENDENCY_REPORT_IPP
#define ACRX_TASK_IMPL_DEPENDENCY_REPORT_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/expand.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/wording.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/task/dependency_report.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <set>
#include <utility>
#include <variant>

namespace acrx {
namespace detail {
/// `:latest` where there is neither a tag nor a digest.
inline std::string with_tag(std::string_view name)
{
    auto const slash = name.rfind('/');
    auto const last = slash == name.npos ? name : name.substr(slash);
    bool const is_complete = name.find('@') != name.npos || last.find(':') != last.npos;
    return std::string(name) + (is_complete ? "" : ":latest");
}

/// Goes through the stages of a Dockerfile in order.
class base_finder
{
public:
    explicit base_finder(std::map<std::string, std::string> const& build_args) : given_(build_args) {}

    base_images find(dockerfile::file const& file, std::string_view target)
    {
        for (auto const& global : file.global_args)
            for (auto const& one : global.what.declarations)
                declare(one, file.escape, true);
        std::set<std::string> origins;
        for (std::size_t i = 0; i < file.stages.size(); ++i) {
            auto const& stage = file.stages[i];
            auto origin = origin_of(stage, file.escape);
            origins.insert(origin);
            stages_.push_back({stage.name, origin});
            if (!target.empty() && (stage.name == ascii_lower(target) || std::to_string(i) == target))
                return finish(origins);
            declare_in(stage, file.escape);
        }
        if (!target.empty())
            throw error(errc::not_found, "looking for the stage '" + std::string(target) + "' of the Dockerfile");
        if (stages_.empty())
            throw error(errc::syntax, "unexpected dockerfile format", "A Dockerfile needs a FROM.");
        return finish(origins);
    }

private:
    struct known_stage
    {
        std::string name;
        std::string origin;
    };

    std::string expand(std::string const& text, char escape) const
    {
        return dockerfile::expand(
            text,
            [this](std::string_view name) -> std::optional<std::string> {
                if (auto const found = given_.find(std::string(name)); found != given_.end())
                    return found->second;
                auto const found = declared_.find(name);
                return found == declared_.end() ? std::nullopt : std::optional(found->second);
            },
            escape);
    }

    void declare(dockerfile::arg::declaration const& one, char escape, bool overrides)
    {
        if (one.value && (overrides || !declared_.contains(one.name)))
            declared_.insert_or_assign(one.name, expand(*one.value, escape));
    }

    void declare_in(dockerfile::stage const& stage, char escape)
    {
        for (auto const& instruction : stage.instructions)
            if (auto const* arg = std::get_if<dockerfile::arg>(&instruction.what))
                for (auto const& one : arg->declarations)
                    declare(one, escape, false);
    }

    std::string origin_of(dockerfile::stage const& stage, char escape) const
    {
        auto const base = expand(stage.base, escape);
        if (base.empty())
            throw error(errc::syntax, "the image of '" + stage.original + "' comes out empty",
                        "Give the ARG it is made of a default, or a --build-arg.");
        auto const name = ascii_lower(base);
        for (auto known = stages_.rbegin(); known != stages_.rend(); ++known)
            if (!known->name.empty() && known->name == name)
                return known->origin;
        return base;
    }

    base_images finish(std::set<std::string> const& origins) const
    {
        base_images bases;
        bases.runtime = stages_.back().origin;
        std::set<std::string> others;
        for (auto const& origin : origins)
            if (origin != bases.runtime)
                others.insert(origin.starts_with("library/") ? origin.substr(8) : origin);
        bases.buildtime.assign(others.begin(), others.end());
        return bases;
    }

    std::map<std::string, std::string> const& given_;
    std::map<std::string, std::string, std::less<>> declared_;
    std::vector<known_stage> stages_;
};

inline image_dependency with_digest(std::string const& name, std::map<std::string, std::string> const& digests)
{
    auto image = parse_image_dependency(name);
    if (auto const known = digests.find(image.reference); known != digests.end() && image.digest.empty())
        image.digest = known->second;
    return image;
}

inline boost::json::object to_json_object(image_dependency const& image)
{
    boost::json::object object{{"registry", image.registry}, {"repository", image.repository}};
    if (!image.tag.empty())
        object["tag"] = image.tag;
    object["digest"] = image.digest;
    object["reference"] = image.reference;
    return object;
}
}  // namespace detail

ACRX_DECL image_dependency parse_image_dependency(std::string_view name)
{
    auto const reference_text = detail::with_tag(name);
    try {
        auto const parsed = parse_reference(reference_text);
        return {.registry = parsed.domain == "docker.io" ? "registry.hub.docker.com" : parsed.domain,
                .repository = parsed.path,
                .tag = parsed.tag,
                .digest = parsed.digest.str(),
                .reference = reference_text};
    } catch (error const& e) {
        throw error(errc::syntax,
                    "Failed to parse image reference, ensure tags have a valid format: " + std::string(name), e.text());
    }
}

ACRX_DECL base_images find_base_images(std::string_view dockerfile,
                                       std::map<std::string, std::string> const& build_args, std::string_view target)
{
    return detail::base_finder(build_args).find(dockerfile::parse_file(dockerfile), target);
}

ACRX_DECL std::vector<image_dependencies> describe_build(std::vector<std::string> const& tags, base_images const& bases,
                                                         std::map<std::string, std::string> const& digests,
                                                         std::string const& git_head_revision)
{
    image_dependencies one{.image = {},
                           .runtime = detail::with_digest(bases.runtime, digests),
                           .buildtime = {},
                           .git_head_revision = git_head_revision};
    for (auto const& base : bases.buildtime)
        one.buildtime.push_back(detail::with_digest(base, digests));
    std::vector<image_dependencies> all;
    for (auto const& tag : tags) {
        one.image = detail::with_digest(tag, digests);
        all.push_back(one);
    }
    if (tags.empty())
        all.push_back(std::move(one));
    return all;
}

ACRX_DECL std::string to_json(std::span<image_dependencies const> all)
{
    boost::json::array entries;
    for (auto const& one : all) {
        boost::json::object entry;
        entry["image"] = one.image ? boost::json::value(detail::to_json_object(*one.image)) : nullptr;
        entry["runtime-dependency"] = detail::to_json_object(one.runtime);
        boost::json::array buildtime;
        for (auto const& image : one.buildtime)
            buildtime.push_back(detail::to_json_object(image));
        entry["buildtime-dependency"] = buildtime.empty() ? boost::json::value(nullptr) : boost::json::value(buildtime);
        entry["git"] = boost::json::object{{"git-head-revision", one.git_head_revision}};
        entries.push_back(std::move(entry));
    }
    return boost::json::serialize(entries);
}
}  // namespace acrx
#endif
