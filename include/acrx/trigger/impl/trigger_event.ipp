// Bodies of trigger/trigger_event.hpp.
#ifndef ACRX_TRIGGER_IMPL_TRIGGER_EVENT_IPP
#define ACRX_TRIGGER_IMPL_TRIGGER_EVENT_IPP
#include <acrx/trigger/repository_url.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <array>

namespace acrx {
namespace detail {
/// Writes the key of each kind; parts are separated by line feeds, which none of them may hold.
struct content_key_writer
{
    std::string operator()(git_push const& c) const
    {
        auto const ref = c.tag.empty() ? "refs/heads/" + c.branch : "refs/tags/" + c.tag;
        return "commit\n" + repository_key(c.repository_url) + "\n" + ref + "\n" + c.commit;
    }
    std::string operator()(pull_request const& p) const
    {
        return "pull request\n" + repository_key(p.repository_url) + "\n" + std::to_string(p.number) + "\n" + p.commit;
    }
    std::string operator()(image_update const& u) const
    {
        std::string key = "image update";
        for (auto const& image : u.images)
            key += "\n" + image.registry + "/" + image.repository + ":" + image.tag + "@" + image.digest.str();
        return key;
    }
    std::string operator()(timer_tick const& t) const
    {
        return "timer\n" + t.task + "\n" + t.timer + "\n" + to_rfc3339(t.occurrence);
    }
    std::string operator()(manual_request const&) const { return {}; }
};
}  // namespace detail

ACRX_DECL std::string_view kind_name(trigger_event const& event)
{
    constexpr std::array<std::string_view, 5> names = {"Commit", "Pull Request", "Image Update", "Timer", "Manual"};
    return names.at(event.what.index());
}

ACRX_DECL std::string content_key(trigger_event const& event)
{
    return std::visit(detail::content_key_writer{}, event.what);
}
}  // namespace acrx
#endif
