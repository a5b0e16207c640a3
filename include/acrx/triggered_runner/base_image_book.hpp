// Which tasks stand on which base images, kept in the marks of a run store.
#ifndef ACRX_TRIGGERED_RUNNER_BASE_IMAGE_BOOK_HPP
#define ACRX_TRIGGERED_RUNNER_BASE_IMAGE_BOOK_HPP

#include <acrx/core/ascii.hpp>
#include <acrx/core/config.hpp>
#include <acrx/image/reference.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/trigger/base_image_watch.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// A base image, by what it starts.
struct watched_image
{
    std::string image = {};                ///< the tag, in the normal form
    acrx::digest digest = {};              ///< for which nothing is due any more; empty if none was seen
    std::vector<std::string> tasks = {};   ///< that run when it is pushed anew
    std::vector<std::string> makers = {};  ///< tasks whose last run pushed it

    bool operator==(watched_image const&) const = default;
};

/// The watch over base images, and for each task the mark that it can be made from again.
///
/// A digest starts a task once, also across the end of the process and with several runners on one store: what is due and
/// its marks go into one change of the store, which happens only if the marks are what this book knows. When it is
/// refused, `learn` what they are, and look again. Not for several threads at once.
class base_image_book
{
public:
    /// The beginning of the names of its marks.
    static constexpr std::string_view prefix = "base image/";

    /// Begins anew with what a store has.
    ACRX_DECL void load(std::vector<task_definition> const& tasks, run_marks const& marks);
    /// Takes note of a task that was made or edited: its trigger may have changed.
    /// @param mark  the task's; counts for a task that is new here
    ACRX_DECL void edit(task_definition const& task, std::string const& mark = {});
    ACRX_DECL void forget(std::string const& task);
    /// Takes over what the store has; of a mark that is known, or of no task's, nothing.
    ACRX_DECL void learn(std::string const& mark_name, std::string const& mark);

    /// What a successful run used and pushed, as the mark to write and to learn then.
    ACRX_DECL shared_marks record(std::string const& task, std::vector<image_dependencies> const& dependencies,
                                  std::vector<output_image> const& outputs) const;
    /// The tasks that are due because of the images, and the marks to write with their runs.
    ACRX_DECL std::vector<due_task> observe(image_update const& update, shared_marks& marks);

    /// The tags to look at, in the normal form.
    std::vector<std::string> tracked() const { return watch_.tracked(); }
    bool is_tracked(std::string const& image) const { return !watch_.tasks_on(parse_reference(image)).empty(); }
    /// The tags that may be tracked since the last call of this function, or no more: what `tracked` says of all others holds.
    std::set<std::string> take_changed() { return std::exchange(changed_, {}); }
    /// The name of a task's mark.
    static std::string mark_name(std::string const& task) { return std::string(prefix) + ascii_lower(task); }
    /// The same with what they start; names of tasks are in small letters.
    ACRX_DECL std::vector<watched_image> images() const;

private:
    struct tracked_task
    {
        std::vector<tracked_base> bases = {};
        std::vector<reference> outputs = {};
        std::optional<base_image_scope> scope = {};  ///< nothing: the task's trigger is off
        std::string mark = {};                       ///< as the store has it
    };
    using settled_digests = std::map<std::string, digest>;

    ACRX_DECL void open(std::string const& name, std::string const& mark);
    ACRX_DECL static std::string to_mark(tracked_task const& task, settled_digests const& settled);
    ACRX_DECL void track(std::string const& name);
    ACRX_DECL void note_images(std::string const& name);
    ACRX_DECL std::string mark_of(std::string const& name) const;

    base_image_watch watch_;
    std::map<std::string, tracked_task> entries_;  ///< by name in small letters
    std::set<std::string> changed_;
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/base_image_book.ipp>
#endif
#endif
