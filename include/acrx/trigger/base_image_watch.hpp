// Which tasks a new base image starts.
#ifndef ACRX_TRIGGER_BASE_IMAGE_WATCH_HPP
#define ACRX_TRIGGER_BASE_IMAGE_WATCH_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/trigger/trigger_event.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace acrx {
/// Which base images of a task start runs.
enum class base_image_scope
{
    runtime,  ///< what the image it makes stands on
    all,      ///< also what the other stages stand on
};

/// A base image that a run used.
struct tracked_base
{
    acrx::reference reference;  ///< one with a digest is pinned and never fires
    acrx::digest digest;        ///< what stood behind it in that run; empty if it is not known
    bool is_runtime = true;     ///< false: of a stage whose files do not make the image
};

/// A task to run, and the base images that are new to it.
struct due_task
{
    std::string task;
    std::vector<updated_image> images;

    bool operator==(due_task const&) const = default;
};

/// The table of tasks and the base images of their last successful runs.
///
/// A task is due when a tag that it uses stands at a digest other than the one its last run used, once for each
/// digest, even if its run fails or records another digest. A tag that moves back and forth is new each time.
/// What a task pushes never makes that task due, nor does it close a circle of tasks.
/// A pure value: it keeps what it is told and does nothing. Not for several threads at once.
class base_image_watch
{
public:
    /// Replaces what is known of a task, after a successful run. Fires nothing: the next `observe` of a tag tells.
    /// @param outputs  the images that the run pushed
    ACRX_DECL void track(std::string const& task, std::vector<tracked_base> const& bases, base_image_scope scope,
                         std::vector<acrx::reference> const& outputs = {});
    ACRX_DECL void forget(std::string const& task);

    /// Takes note that the tag stands at `digest` now, and gives the tasks that are due, by name.
    /// Costs O(tasks on that image).
    ACRX_DECL std::vector<std::string> observe(reference const& image, digest const& digest);
    /// The same for all images of one notification: a task that uses several is due once.
    ACRX_DECL std::vector<due_task> observe(image_update const& update);

    /// The tags that some task depends on, in the normal form, sorted.
    ACRX_DECL std::vector<std::string> tracked() const;
    /// The tasks on an image, by name.
    ACRX_DECL std::vector<std::string> tasks_on(reference const& image) const;

    /// For each image of a task the digest that is due no more, by normal form: what to keep beyond the life of this
    /// object, next to what was given to `track`.
    ACRX_DECL std::map<std::string, digest> settled(std::string const& task) const;
    /// Puts that back, after `track`. Images that the task does not use do not count.
    ACRX_DECL void settle(std::string const& task, std::map<std::string, digest> const& settled);

private:
    struct use
    {
        digest recorded;  ///< of the last successful run
        digest settled;   ///< for which no further run is due
    };
    using key = std::string;  ///< domain/path:tag

    ACRX_DECL bool closes_circle(std::string const& task, key const& image) const;
    ACRX_DECL void drop_outputs(std::string const& task);

    std::map<key, std::map<std::string, use>> uses_;  ///< image, task
    std::map<std::string, std::set<key>> bases_;      ///< task
    std::map<std::string, std::set<key>> outputs_;    ///< task
    std::map<key, std::set<std::string>> makers_;     ///< image, tasks that push it
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/base_image_watch.ipp>
#endif
#endif
