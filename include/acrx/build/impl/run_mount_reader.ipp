// Bodies of build/detail/run_mount_reader.hpp.
#ifndef ACRX_BUILD_IMPL_RUN_MOUNT_READER_IPP
#define ACRX_BUILD_IMPL_RUN_MOUNT_READER_IPP
#include <acrx/build/detail/locations.hpp>
#include <acrx/build/detail/run_mount_reader.hpp>
#include <acrx/build/memory_size.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace acrx::detail {
[[noreturn]] inline void refuse_mount(std::string const& text, std::string const& advice = {})
{
    throw dockerfile::parse_error(errc::invalid_instruction, {}, text, advice);
}

inline std::string did_you_mean(std::string const& word, std::vector<std::string_view> const& words)
{
    auto const near = dockerfile::closest(word, words);
    return near.empty() ? std::string() : " (did you mean " + near + "?)";
}

/// The fields of one mount, each judged as it comes: what a field may be depends on the type read so far.
class mount_reader
{
public:
    mount_reader(dockerfile::mount const& written, mount_surroundings const& around) : around_(around)
    {
        for (auto const& field : written.fields)
            field.value ? read(field, around.expand(*field.value)) : read_bare(field);
        check();
    }

    run_mount result() const
    {
        if (type_ == "bind")
            return {target(), bind()};
        if (type_ == "cache")
            return {target(), cache()};
        if (type_ == "tmpfs")
            return {target(), memory_folder{size_, read_only_.value_or(false)}};
        return type_ == "secret" ? secret() : socket();
    }

private:
    using mount_field = dockerfile::mount::field;
    using number = std::optional<std::uint32_t>;

    bool may_be_required() const { return type_ == "secret" || type_ == "ssh"; }

    void check_fits(bool fits, std::string const& name) const
    {
        if (!fits)
            refuse_mount("unexpected key '" + name + "' for mount type '" + type_ + "'",
                         "Write type=... before the other fields.");
    }

    void read_bare(mount_field const& f)
    {
        if (f.name == "ro" || f.name == "readonly")
            read_only_ = true;
        else if (f.name == "rw" || f.name == "readwrite")
            read_only_ = false;
        else if (f.name == "required") {
            check_fits(may_be_required(), f.name);
            required_ = true;
        } else
            refuse_mount("invalid field '" + f.text + "' must be a key=value pair");
    }

    void read(mount_field const& f, std::string value)
    {
        auto const& name = f.name;
        if (name == "type")
            read_type(std::move(value));
        else if (name == "from")
            from_ = std::move(value);
        else if (name == "source" || name == "src")
            source_ = std::move(value);
        else if (name == "target" || name == "dst" || name == "destination")
            target_ = std::move(value);
        else if (name == "ro" || name == "readonly")
            read_only_ = to_bool(name, value);
        else if (name == "rw" || name == "readwrite")
            read_only_ = !to_bool(name, value);
        else if (name == "required") {
            check_fits(may_be_required(), name);
            required_ = to_bool(name, value);
        } else if (name == "size") {
            check_fits(type_ == "tmpfs", name);
            read_size(value);
        } else if (name == "id")
            id_ = std::move(value);
        else if (name == "sharing")
            read_sharing(value);
        else if (name == "mode")
            mode_ = to_number(name, value, 8);
        else if (name == "uid")
            uid_ = to_number(name, value, 10);
        else if (name == "gid")
            gid_ = to_number(name, value, 10);
        else if (name == "env") {
            check_fits(type_ == "secret", name);
            variable_ = std::move(value);
        } else
            refuse_key(f);
    }

    [[noreturn]] static void refuse_key(mount_field const& f)
    {
        static std::vector<std::string_view> const known{"type",     "from",      "source", "target", "readonly", "id",
                                                         "sharing",  "required",  "size",   "mode",   "uid",      "gid",
                                                         "env",      "src",       "dst",    "destination", "ro",
                                                         "rw",       "readwrite"};
        refuse_mount("unexpected key '" + f.name + "' in '" + f.text + "'" + did_you_mean(f.name, known));
    }

    static bool to_bool(std::string const& name, std::string const& value)
    {
        for (std::string_view const yes : {"1", "t", "T", "TRUE", "true", "True"})
            if (value == yes)
                return true;
        for (std::string_view const no : {"0", "f", "F", "FALSE", "false", "False"})
            if (value == no)
                return false;
        refuse_mount("invalid value for " + name + ": " + value);
    }

    static std::uint32_t to_number(std::string const& name, std::string const& value, int base)
    {
        std::uint32_t parsed = 0;
        auto const* const end = value.data() + value.size();
        auto const [after, failed] = std::from_chars(value.data(), end, parsed, base);
        if (failed != std::errc{} || after != end)
            refuse_mount("invalid value " + value + " for " + name);
        return parsed;
    }

    void read_type(std::string value)
    {
        static std::vector<std::string_view> const known{"bind", "cache", "tmpfs", "secret", "ssh"};
        auto type = ascii_lower(value);
        if (std::find(known.begin(), known.end(), type) == known.end())
            refuse_mount("unsupported mount type " + dockerfile::go_quote(value) + did_you_mean(type, known));
        type_ = std::move(type);
    }

    void read_sharing(std::string const& value)
    {
        static std::vector<std::string_view> const known{"shared", "private", "locked"};
        auto const word = ascii_lower(value);
        auto const found = std::find(known.begin(), known.end(), word);
        if (found == known.end())
            refuse_mount("unsupported sharing value " + dockerfile::go_quote(value) + did_you_mean(word, known));
        sharing_ = static_cast<cache_sharing>(found - known.begin());
    }

    void read_size(std::string const& value)
    {
        auto const bytes = parse_memory_size(value);
        if (!bytes)
            refuse_mount("invalid value for size: " + value, "Write a number of bytes, or one with a unit: 64m, 1g.");
        size_ = *bytes;
    }

    void check() const
    {
        bool const has_owner = type_ == "cache" || may_be_required();
        for (auto const& [name, value] : {std::pair("mode", mode_), std::pair("uid", uid_), std::pair("gid", gid_)})
            if (!has_owner && value)
                refuse_mount(std::string(name) + " not allowed for \"" + type_ + "\" type mounts");
        if (sharing_ && type_ == "secret")
            refuse_mount("secret mount should not define sharing");
        if (sharing_ && type_ != "cache")
            refuse_mount("invalid cache sharing set for " + type_ + " mount");
        if (type_ == "secret")
            check_secret();
        if (type_ == "ssh" && !source_.empty())
            refuse_mount("ssh does not support source");
        if ((type_ == "ssh" || type_ == "tmpfs") && !from_.empty())
            refuse_mount(type_ + " mount should not have a from");
    }

    void check_secret() const
    {
        if (!from_.empty())
            refuse_mount("secret mount should not have a from");
        if (!source_.empty() && !id_.empty())
            refuse_mount("both source and id can't be set");
        if (source_.empty() && target_.empty() && id_.empty())
            refuse_mount("invalid secret mount. one of source, target required");
    }

    std::string absolute(std::string const& path) const
    {
        auto clean = clean_absolute_path(path.starts_with('/') ? path : around_.working_dir + "/" + path);
        if (clean == "/")
            refuse_mount("invalid mount target \"/\"");
        return clean;
    }

    std::string target() const
    {
        if (target_.empty())
            refuse_mount("invalid mount target \"\"", "Write target=PATH.");
        return absolute(target_);
    }

    bound_files bind() const
    {
        auto origin = around_.origin;
        if (from_.empty())
            origin = from_context{};
        return {std::move(origin), clean_absolute_path(source_), read_only_.value_or(true)};
    }

    cache_folder cache() const
    {
        auto const id = id_.empty() ? clean_relative(target_) : id_;
        return {around_.cache_namespace + "/" + id, sharing_.value_or(cache_sharing::shared), around_.origin,
                clean_absolute_path(source_), mode_, uid_, gid_, read_only_.value_or(false)};
    }

    static std::string clean_relative(std::string const& path)
    {
        auto clean = clean_absolute_path(path);
        return path.starts_with('/') ? clean : clean.substr(1);
    }

    run_mount secret() const
    {
        auto const& named = source_.empty() ? id_ : source_;
        auto const last = [](std::string const& path) { return path.substr(path.find_last_of('/') + 1); };
        auto const id = named.empty() ? last(clean_absolute_path(target_)) : named;
        std::string where;
        if (!target_.empty())
            where = absolute(target_);
        else if (!variable_)
            where = absolute("/run/secrets/" + last(clean_absolute_path(id)));
        return {where, secret_value{id, variable_.value_or(""), required_, mode_.value_or(0400), uid_.value_or(0),
                                    gid_.value_or(0)}};
    }

    run_mount socket() const
    {
        auto const where = target_.empty() ? "/run/buildkit/ssh_agent." + std::to_string(around_.sockets_before)
                                           : absolute(target_);
        return {where, agent_socket{id_.empty() ? "default" : id_, required_, mode_.value_or(0600), uid_.value_or(0),
                                    gid_.value_or(0)}};
    }

    mount_surroundings const& around_;
    std::string type_ = "bind";
    std::string from_;
    std::string source_;
    std::string target_;
    std::string id_;
    std::optional<std::string> variable_;
    std::optional<cache_sharing> sharing_;
    std::optional<bool> read_only_;
    bool required_ = false;
    std::uint64_t size_ = 0;
    number mode_;
    number uid_;
    number gid_;
};

ACRX_DECL run_mount read_run_mount(dockerfile::mount const& written, mount_surroundings const& around)
{
    return mount_reader(written, around).result();
}
}  // namespace acrx::detail
#endif
