// Bodies of triggered_runner/base_image_book.hpp.
#ifndef ACRX_TRIGGERED_RUNNER_IMPL_BASE_IMAGE_BOOK_IPP
#define ACRX_TRIGGERED_RUNNER_IMPL_BASE_IMAGE_BOOK_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/triggered_runner/base_image_book.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace acrx {
namespace detail {
inline std::optional<base_image_scope> scope_of(task_definition const& task)
{
    auto const& trigger = task.triggers.base_image;
    return task.is_enabled && trigger && trigger->is_enabled ? std::optional(trigger->scope) : std::nullopt;
}

/// Adds an image to those that a task stands on. Stages that stand on nothing, and names that are none, do not count.
inline void add_base(std::vector<tracked_base>& bases, image_dependency const& image, bool is_runtime)
{
    try {
        auto const digest = image.digest.empty() ? acrx::digest() : acrx::digest::parse(image.digest);
        if (!image.reference.empty())
            bases.push_back({parse_reference(image.reference), digest, is_runtime});
    } catch (error const&) {
        return;
    }
}

inline digest digest_or_none(std::string const& text)
{
    return text.empty() ? digest() : digest::parse(text);
}
}  // namespace detail

ACRX_DECL void base_image_book::load(std::vector<task_definition> const& tasks, run_marks const& marks)
{
    for (auto& image : watch_.tracked())
        changed_.insert(std::move(image));
    watch_ = {};
    entries_.clear();
    for (auto const& task : tasks) {
        auto const mark = marks.find(mark_name(task.name));
        edit(task, mark == marks.end() ? std::string() : mark->second);
    }
}

/// Makes an entry what a mark says.
ACRX_DECL void base_image_book::open(std::string const& name, std::string const& mark)
{
    auto& entry = entries_.at(name);
    entry.bases.clear();
    entry.outputs.clear();
    entry.mark = mark;
    if (mark.empty())
        return track(name);
    auto const document = detail::parse_json_object(mark, "reading the base images of " + name);
    detail::json_reader const reader(document, "reading the base images of " + name);
    for (auto const& base : reader.objects("bases"))
        entry.bases.push_back({parse_reference(base.string("image")), detail::digest_or_none(base.string("digest")),
                               base.boolean("runtime")});
    for (auto const& output : reader.strings("outputs"))
        entry.outputs.push_back(parse_reference(output));
    track(name);
    std::map<std::string, digest> settled;
    for (auto const& [image, text] : reader.string_map("settled"))
        settled.emplace(image, detail::digest_or_none(text));
    watch_.settle(name, settled);
}

ACRX_DECL void base_image_book::note_images(std::string const& name)
{
    for (auto const& [image, digest] : watch_.settled(name))
        changed_.insert(image);
}

ACRX_DECL void base_image_book::track(std::string const& name)
{
    note_images(name);
    auto const& entry = entries_.at(name);
    if (entry.scope)
        watch_.track(name, entry.bases, *entry.scope, entry.outputs);
    else
        watch_.track(name, {}, base_image_scope::runtime, entry.outputs);
    note_images(name);
}

ACRX_DECL std::string base_image_book::to_mark(tracked_task const& task, settled_digests const& settled)
{
    boost::json::array bases;
    for (auto const& base : task.bases)
        bases.push_back(boost::json::object{{"image", to_string(base.reference)}, {"digest", base.digest.str()}, {"runtime", base.is_runtime}});
    boost::json::array outputs;
    for (auto const& output : task.outputs)
        outputs.emplace_back(to_string(output));
    boost::json::object digests;
    for (auto const& [image, digest] : settled)
        digests[image] = digest.str();
    return boost::json::serialize(boost::json::object{{"bases", bases}, {"outputs", outputs}, {"settled", digests}});
}

ACRX_DECL std::string base_image_book::mark_of(std::string const& name) const
{
    return to_mark(entries_.at(name), watch_.settled(name));
}

ACRX_DECL void base_image_book::edit(task_definition const& task, std::string const& mark)
{
    auto const name = ascii_lower(task.name);
    auto const [entry, is_new] = entries_.try_emplace(name);
    entry->second.scope = detail::scope_of(task);
    if (is_new && !mark.empty())
        open(name, mark);
    else
        track(name);
}

ACRX_DECL void base_image_book::forget(std::string const& task)
{
    auto const name = ascii_lower(task);
    note_images(name);
    entries_.erase(name);
    watch_.forget(name);
}

ACRX_DECL void base_image_book::learn(std::string const& mark_name, std::string const& mark)
{
    if (!mark_name.starts_with(prefix))
        return;
    auto const name = mark_name.substr(prefix.size());
    if (auto const entry = entries_.find(name); entry != entries_.end() && entry->second.mark != mark)
        open(name, mark);
}

ACRX_DECL shared_marks base_image_book::record(std::string const& task, std::vector<image_dependencies> const& dependencies,
                                               std::vector<output_image> const& outputs) const
{
    auto const name = ascii_lower(task);
    auto const known = entries_.find(name);
    if (known == entries_.end())  // the task was removed while it ran
        return {};
    tracked_task used;
    for (auto const& build : dependencies) {
        detail::add_base(used.bases, build.runtime, true);
        for (auto const& image : build.buildtime)
            detail::add_base(used.bases, image, false);
    }
    for (auto const& output : outputs)
        used.outputs.push_back({output.registry, output.repository, output.tag, {}});
    return {{mark_name(name), {known->second.mark, to_mark(used, watch_.settled(name))}}};
}

ACRX_DECL std::vector<watched_image> base_image_book::images() const
{
    std::map<std::string, std::vector<std::string>> makers;
    for (auto const& [task, entry] : entries_)
        for (auto const& output : entry.outputs)
            makers[to_string(output)].push_back(task);
    std::vector<watched_image> images;
    for (auto& name : watch_.tracked()) {
        auto& made = images.emplace_back();
        made.tasks = watch_.tasks_on(parse_reference(name));
        made.digest = watch_.settled(made.tasks.front()).at(name);
        if (auto const found = makers.find(name); found != makers.end())
            made.makers = found->second;
        made.image = std::move(name);
    }
    return images;
}

ACRX_DECL std::vector<due_task> base_image_book::observe(image_update const& update, shared_marks& marks)
{
    std::map<std::string, std::string> before;
    for (auto const& image : update.images)
        for (auto const& task : watch_.tasks_on({image.registry, image.repository, image.tag, {}}))
            before.emplace(task, mark_of(task));
    auto due = watch_.observe(update);
    for (auto const& [task, mark] : before)
        if (auto now = mark_of(task); now != mark)
            marks[mark_name(task)] = {std::exchange(entries_.at(task).mark, now), now};
    return due;
}
}  // namespace acrx
#endif
