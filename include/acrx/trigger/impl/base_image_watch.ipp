// Bodies of trigger/base_image_watch.hpp.
#ifndef ACRX_TRIGGER_IMPL_BASE_IMAGE_WATCH_IPP
#define ACRX_TRIGGER_IMPL_BASE_IMAGE_WATCH_IPP
#include <acrx/trigger/base_image_watch.hpp>

#include <utility>

namespace acrx {
namespace detail {
/// The name of a tag, without the digest.
inline std::string tag_key(reference const& r)
{
    return r.domain + "/" + r.path + ":" + r.tag;
}

inline bool is_watched(tracked_base const& base, base_image_scope scope)
{
    auto const& r = base.reference;
    bool const is_scratch = r.path == "scratch" || (r.domain == "docker.io" && r.path == "library/scratch");
    return r.digest.empty() && !r.tag.empty() && !is_scratch && (base.is_runtime || scope == base_image_scope::all);
}
}  // namespace detail

ACRX_DECL void base_image_watch::track(std::string const& task, std::vector<tracked_base> const& bases,
                                       base_image_scope scope, std::vector<acrx::reference> const& outputs)
{
    drop_outputs(task);
    for (auto const& output : outputs) {
        outputs_[task].insert(detail::tag_key(output));
        makers_[detail::tag_key(output)].insert(task);
    }
    std::map<key, use> now;
    for (auto const& base : bases) {
        auto const image = detail::tag_key(base.reference);
        if (!detail::is_watched(base, scope) || closes_circle(task, image))
            continue;
        auto const known = uses_.find(image);
        bool const was_used = known != uses_.end() && known->second.contains(task);
        now.insert_or_assign(image, use{base.digest, was_used ? known->second.at(task).settled : base.digest});
    }
    for (auto const& image : std::exchange(bases_[task], {}))
        if (auto const users = uses_.find(image); users->second.erase(task) != 0 && users->second.empty())
            uses_.erase(users);
    for (auto const& [image, entry] : now) {
        uses_[image][task] = entry;
        bases_[task].insert(image);
    }
}

ACRX_DECL void base_image_watch::forget(std::string const& task)
{
    track(task, {}, base_image_scope::all);
    bases_.erase(task);
}

ACRX_DECL void base_image_watch::drop_outputs(std::string const& task)
{
    for (auto const& image : std::exchange(outputs_[task], {}))
        if (auto const makers = makers_.find(image); makers->second.erase(task) != 0 && makers->second.empty())
            makers_.erase(makers);
    outputs_.erase(task);
}

/// Whether the image is made by the task itself, or by one that runs because of it.
ACRX_DECL bool base_image_watch::closes_circle(std::string const& task, key const& image) const
{
    std::set<std::string> reached{task};
    std::vector<std::string> open{task};
    while (!open.empty()) {
        auto const made = outputs_.find(open.back());
        open.pop_back();
        if (made == outputs_.end())
            continue;
        for (auto const& output : made->second) {
            if (output == image)
                return true;
            if (auto const users = uses_.find(output); users != uses_.end())
                for (auto const& [user, entry] : users->second)
                    if (reached.insert(user).second)
                        open.push_back(user);
        }
    }
    return false;
}

ACRX_DECL std::vector<std::string> base_image_watch::observe(reference const& image, digest const& digest)
{
    std::vector<std::string> due;
    auto const users = uses_.find(detail::tag_key(image));
    if (users == uses_.end() || digest.empty())
        return due;
    for (auto& [task, entry] : users->second) {
        // A run that does not know what it used is taken to have used what stands there at the first look.
        if (entry.recorded.empty())
            entry.recorded = entry.settled.empty() ? digest : entry.settled;
        bool const is_new = digest != entry.recorded && digest != entry.settled;
        entry.settled = digest;
        if (is_new)
            due.push_back(task);
    }
    return due;
}

ACRX_DECL std::vector<due_task> base_image_watch::observe(image_update const& update)
{
    std::map<std::string, due_task> due;
    for (auto const& image : update.images)
        for (auto const& task : observe(reference{image.registry, image.repository, image.tag, {}}, image.digest)) {
            due[task].task = task;
            due[task].images.push_back(image);
        }
    std::vector<due_task> result;
    for (auto& [name, task] : due)
        result.push_back(std::move(task));
    return result;
}

ACRX_DECL std::vector<std::string> base_image_watch::tracked() const
{
    std::vector<std::string> images;
    for (auto const& [image, users] : uses_)
        images.push_back(image);
    return images;
}

ACRX_DECL std::vector<std::string> base_image_watch::tasks_on(reference const& image) const
{
    std::vector<std::string> tasks;
    if (auto const users = uses_.find(detail::tag_key(image)); users != uses_.end())
        for (auto const& [task, entry] : users->second)
            tasks.push_back(task);
    return tasks;
}

ACRX_DECL std::map<std::string, digest> base_image_watch::settled(std::string const& task) const
{
    std::map<std::string, digest> settled;
    if (auto const bases = bases_.find(task); bases != bases_.end())
        for (auto const& image : bases->second)
            settled.emplace(image, uses_.at(image).at(task).settled);
    return settled;
}

ACRX_DECL void base_image_watch::settle(std::string const& task, std::map<std::string, digest> const& settled)
{
    for (auto const& [image, digest] : settled)
        if (auto const users = uses_.find(image); users != uses_.end())
            if (auto const known = users->second.find(task); known != users->second.end())
                known->second.settled = digest;
}
}  // namespace acrx
#endif
