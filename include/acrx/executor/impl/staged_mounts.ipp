// Bodies of executor/detail/staged_mounts.hpp.
#ifndef ACRX_EXECUTOR_IMPL_STAGED_MOUNTS_IPP
#define ACRX_EXECUTOR_IMPL_STAGED_MOUNTS_IPP
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/launch_plan.hpp>
#include <acrx/executor/detail/staged_mounts.hpp>
#include <acrx/io/files.hpp>
#include <acrx/snapshot/privileges.hpp>

#include <sys/mount.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace acrx::detail {
inline std::string mode_option(std::uint32_t mode)
{
    char text[24];
    std::snprintf(text, sizeof text, "mode=%o", mode);
    return text;
}

/// Makes one step's mounts ready, one after the other.
class mount_stage
{
public:
    explicit mount_stage(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void add(bind_mount const& bind)
    {
        std::error_code ignored;  // a missing source fails when it is mounted
        auto const part = std::filesystem::path("/" + bind.part).lexically_normal().relative_path();
        bool const file = !std::filesystem::is_directory(part.empty() ? bind.source : bind.source / part, ignored);
        auto const shown = part.empty() ? bind.source.string() : stage_part(bind.source.string(), part.string(), file);
        show(shown, bind.target, file, bind.read_only);
    }

    void add(overlay_mount const& mount)
    {
        auto stack = mount.stack;
        stack.lower = distinct_folders(stack.lower);
        bool const single = stack.lower.size() == 1 && stack.upper.empty();
        if (stack.lower.empty() && stack.upper.empty())
            throw error(errc::invalid_argument, "mounting a stack of no folders at " + mount.target);
        auto top = single               ? stack.lower.front().string()
                   : stack.lower.empty() ? stack.upper.string()
                                         : stage_stack(stack, mount.metacopy);
        if (!mount.part.empty())
            top = stage_part(top, mount.part, mount.is_file);
        show(top, mount.target, mount.is_file, mount.read_only || stack.upper.empty());
    }

    void add(tmpfs_mount const& memory)
    {
        auto options = mode_option(memory.mode);
        if (memory.size > 0)
            options += ",size=" + std::to_string(memory.size);
        auto const flags = MS_NOSUID | MS_NODEV | (memory.read_only ? MS_RDONLY : 0);
        result_.inside.push_back({mount_entry::kind::filesystem, memory.target, "tmpfs",
                                  static_cast<unsigned long>(flags), std::move(options), false});
    }

    void add(memory_file const& file)
    {
        auto const memory = folder_ / "memory";
        if (files_ == 0) {
            std::filesystem::create_directories(memory);
            result_.outside.push_back({mount_entry::kind::filesystem, memory.string(), "tmpfs",
                                       quiet, "mode=700", false});
        }
        auto const name = (memory / std::to_string(files_++)).string();
        mount_entry made{mount_entry::kind::file, name, file.content, 0, "", false};
        made.mode = file.mode;
        made.uid = file.uid;
        made.gid = file.gid;
        result_.outside.push_back(std::move(made));
        show(name, file.target, true, true, quiet);
    }

    staged_mounts take() { return std::move(result_); }

private:
    static constexpr unsigned long quiet = MS_NOSUID | MS_NODEV | MS_NOEXEC;

    std::string point(bool file)
    {
        auto const path = folder_ / "mounts" / std::to_string(points_++);
        std::filesystem::create_directories(file ? path.parent_path() : path);
        if (file)
            write_file(path, "");
        return path.string();
    }

    std::string stage_part(std::string const& source, std::string const& part, bool file)
    {
        auto const kind = file ? mount_entry::kind::bind_file : mount_entry::kind::bind_folder;
        mount_entry entry{kind, point(file), source, 0, "", false};
        entry.part = part;
        result_.outside.push_back(entry);
        return entry.target;
    }

    std::string stage_stack(root_filesystem const& root, bool metacopy)
    {
        mount_entry entry{mount_entry::kind::overlay, point(false), "overlay", 0, "", false};
        auto const number = [&](std::filesystem::path const& folder) {
            entry.folders.push_back(folder.string());
            return std::to_string(first_overlay_descriptor + static_cast<int>(entry.folders.size()) - 1);
        };
        std::string stack;
        for (auto const& folder : root.lower)
            stack += (stack.empty() ? "" : ":") + number(folder);
        entry.options = "lowerdir=" + stack;
        if (!root.upper.empty()) {
            entry.options += ",upperdir=" + number(root.upper);
            entry.options += ",workdir=" + number(root.work);
        }
        // Only root of the machine makes what metacopy reads.
        entry.options += !is_first_user_namespace() ? ",userxattr" : metacopy ? ",metacopy=on" : ",metacopy=off";
        result_.outside.push_back(entry);
        return entry.target;
    }

    void show(std::string source, std::string target, bool file, bool read_only, unsigned long flags = 0)
    {
        auto const kind = file ? mount_entry::kind::bind_file : mount_entry::kind::bind_folder;
        flags |= static_cast<unsigned long>(read_only ? MS_RDONLY : 0);
        result_.inside.push_back({kind, std::move(target), std::move(source), flags, "", false});
    }

    std::filesystem::path folder_;
    staged_mounts result_;
    int points_ = 0;
    int files_ = 0;
};

ACRX_DECL staged_mounts stage_mounts(step_spec const& spec, std::filesystem::path const& folder)
{
    mount_stage stage(folder);
    for (auto const& mount : spec.mounts)
        std::visit([&](auto const& one) { stage.add(one); }, mount);
    return stage.take();
}
}  // namespace acrx::detail
#endif
