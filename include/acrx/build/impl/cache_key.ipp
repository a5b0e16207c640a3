// Bodies of build/cache_key.hpp.
#ifndef ACRX_BUILD_IMPL_CACHE_KEY_IPP
#define ACRX_BUILD_IMPL_CACHE_KEY_IPP
#include <acrx/build/cache_key.hpp>
#include <acrx/core/error.hpp>

#include <array>
#include <concepts>
#include <string_view>
#include <unordered_map>

namespace acrx {
namespace detail {
/// Hashes fields so that no two lists of fields look alike.
class key_hash
{
public:
    explicit key_hash(std::string_view kind) { add(kind); }
    /// @param kind  of step, with the version of what goes into its key
    key_hash(std::string_view kind, build_request const& request) : key_hash(kind)
    {
        add(static_cast<std::uint64_t>(request.form.layers.compression));
        add(static_cast<std::uint64_t>(request.source_date_epoch.has_value()));
        if (request.source_date_epoch)
            add(static_cast<std::uint64_t>(request.source_date_epoch->time_since_epoch().count()));
        if (request.source_date_epoch && request.rewrite_timestamp)
            add(std::string_view("rewrite-timestamp"));
    }

    void add(std::string_view field)
    {
        add(static_cast<std::uint64_t>(field.size()));
        put(field);
    }
    void add(std::unsigned_integral auto number)
    {
        auto const wide = static_cast<std::uint64_t>(number);
        std::array<char, 8> bytes;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(wide >> (8 * i));
        put({bytes.data(), bytes.size()});
    }
    void add(std::span<std::string const> fields)
    {
        add(fields.size());
        for (auto const& field : fields)
            add(std::string_view(field));
    }
    void add(std::span<inline_file const> files)
    {
        add(files.size());
        for (auto const& file : files) {
            add(std::string_view(file.name));
            add(std::string_view(file.content));
        }
    }
    void add(sha256_bytes const& bytes) { put({reinterpret_cast<char const*>(bytes.data()), bytes.size()}); }

    digest finish()
    {
        hash_.update(pending_);
        return hash_.finish();
    }

private:
    /// Fields are short and many: they are hashed a few thousand bytes at a time.
    void put(std::string_view bytes)
    {
        pending_ += bytes;
        if (pending_.size() < 8192)
            return;
        hash_.update(pending_);
        pending_.clear();
    }

    sha256 hash_;
    std::string pending_;
};

inline void add_file(key_hash& key, source_file const& file, std::unordered_map<std::string, std::size_t>& groups)
{
    auto const& entry = file.item.entry;
    key.add(std::string_view(entry.path));
    key.add(static_cast<std::uint64_t>(entry.type));
    key.add(entry.mode);
    key.add(entry.uid);
    key.add(entry.gid);
    key.add(std::string_view(entry.link));
    key.add(entry.device_major);
    key.add(entry.device_minor);
    key.add(entry.xattrs.size());
    for (auto const& [name, value] : entry.xattrs) {
        key.add(std::string_view(name));
        key.add(std::string_view(value));
    }
    if (entry.type != entry_type::regular)
        return;
    if (!entry.content)
        throw error(errc::invalid_argument, "no digest of \"" + entry.path + "\" is known");
    key.add(entry.size);
    key.add(*entry.content);
    // Which names share a file matters, what the origin calls the group does not.
    key.add(file.link_group.empty() ? 0 : groups.try_emplace(file.link_group, groups.size() + 1).first->second);
}

/// Whatever it was found by, a commit stays the same.
inline void add_repository(key_hash& key, git_location const& where)
{
    key.add(std::string_view(where.remote));
    key.add(std::string_view(where.commit));
    key.add(std::string_view(where.folder));
    key.add(std::uint64_t{where.submodules.value_or(true)});
    key.add(std::uint64_t{where.keep_git_folder.value_or(false)});
    key.add(std::uint64_t{where.commit_times});
}

inline void add_sources(key_hash& key, std::span<placed_source const> sources)
{
    key.add(sources.size());
    std::unordered_map<std::string, std::size_t> groups;
    for (auto const& source : sources) {
        constexpr std::uint64_t is_fetched = 2;
        key.add(source.repository ? is_fetched : std::uint64_t{source.is_archive});
        if (source.repository)
            add_repository(key, *source.repository);
        key.add(std::string_view(source.files.name));
        // The folder named by a source gives its content only: its own path, mode and owner go nowhere.
        auto const is_folder = source.files.top.item.entry.type == entry_type::directory;
        key.add(static_cast<std::uint64_t>(is_folder));
        if (!is_folder) {
            auto top = source.files.top;
            top.item.entry.path.clear();
            add_file(key, top, groups);
        }
        key.add(source.files.below.size());
        for (auto const& file : source.files.below)
            add_file(key, file, groups);
    }
}

/// What of one mount decides what the step sees, besides its files.
inline void add_mount(key_hash& key, run_mount const& mount)
{
    auto const number = [&](auto value) { key.add(static_cast<std::uint64_t>(value)); };
    auto const given = [&](std::optional<std::uint32_t> const& value) {
        number(value.has_value());
        number(value.value_or(0));
    };
    key.add(std::string_view(mount.target));
    number(mount.what.index());
    if (auto const* bind = std::get_if<bound_files>(&mount.what)) {
        key.add(std::string_view(bind->path));
        number(bind->read_only);
    } else if (auto const* cache = std::get_if<cache_folder>(&mount.what)) {
        key.add(std::string_view(cache->path));
        number(cache->read_only);
        given(cache->mode);
        given(cache->uid);
        given(cache->gid);
    } else if (auto const* memory = std::get_if<memory_folder>(&mount.what)) {
        number(memory->size);
        number(memory->read_only);
    } else if (auto const* secret = std::get_if<secret_value>(&mount.what)) {
        key.add(std::string_view(secret->id));
        key.add(std::string_view(secret->variable));
        for (auto const value : {std::uint32_t{secret->required}, secret->mode, secret->uid, secret->gid})
            number(value);
    } else if (auto const* agent = std::get_if<agent_socket>(&mount.what)) {
        key.add(std::string_view(agent->id));
        for (auto const value : {std::uint32_t{agent->required}, agent->mode, agent->uid, agent->gid})
            number(value);
    }
}

/// Plain layers have the keys that they had before there were others.
inline void add_form(key_hash& key, digest const& form)
{
    if (form.empty())
        return;
    key.add(std::string_view("windows"));
    key.add(std::string_view(form.str()));
}

/// The options of the request that every RUN feels.
inline void add_run_options(key_hash& key, build_request const& request)
{
    key.add(request.extra_hosts.size());
    for (auto const& [name, address] : request.extra_hosts)
        key.add(std::string_view(name));
    key.add(request.limits.size());
    for (auto const& limit : request.limits) {
        key.add(std::string_view(limit.name));
        key.add(limit.soft);
        key.add(limit.hard);
    }
    key.add(request.shm_size);
    key.add(std::string_view(request.cgroup_parent));
}
}  // namespace detail

ACRX_DECL digest cache_key(run_operation const& step, digest const& below, build_request const& request,
                           std::span<digest const> mounted)
{
    detail::key_hash key("run/3", request);
    key.add(std::string_view(to_string(step.platform)));
    key.add(std::string_view(below.str()));
    key.add(step.args);
    key.add(step.env);
    key.add(std::string_view(step.working_dir));
    key.add(std::string_view(step.user));
    key.add(static_cast<std::uint64_t>(step.network));
    key.add(static_cast<std::uint64_t>(step.privileged));
    key.add(std::string_view(step.hostname));
    key.add(std::span<inline_file const>(step.scripts));
    key.add(step.mounts.size());
    for (auto const& mount : step.mounts)
        detail::add_mount(key, mount);
    key.add(mounted.size());
    for (auto const& files : mounted)
        key.add(std::string_view(files.str()));
    detail::add_run_options(key, request);
    if (!step.privileged && request.rights != step_rights()) {
        key.add(std::string_view("rights"));
        key.add(request.rights.capabilities);
        key.add(std::uint64_t{request.rights.filtered});
        key.add(std::uint64_t{request.rights.masked});
        key.add(std::uint64_t{request.rights.no_new_privileges});
    }
    if (!step.devices.empty())
        key.add(std::string_view("devices"));
    for (auto const& device : step.devices) {
        key.add(std::string_view(device.name));
        key.add(static_cast<std::uint64_t>(device.required));
    }
    return key.finish();
}

ACRX_DECL digest cache_key(folder_operation const& step, digest const& below, build_request const& request,
                           digest const& form)
{
    detail::key_hash key("folder/2", request);
    detail::add_form(key, form);
    key.add(std::string_view(below.str()));
    key.add(std::string_view(step.path));
    key.add(std::string_view(step.user));
    return key.finish();
}

ACRX_DECL digest cache_key(copy_operation const& step, std::span<placed_source const> sources, digest const& below,
                          build_request const& request, digest const& form)
{
    detail::key_hash key("copy/3", request);
    detail::add_form(key, form);
    key.add(std::string_view(step.link ? std::string_view("link") : std::string_view(below.str())));
    key.add(std::string_view(step.destination));
    key.add(std::string_view(step.chown));
    key.add(std::string_view(step.chmod));
    if (!step.remotes.empty())
        key.add(step.excludes);
    detail::add_sources(key, sources);
    return key.finish();
}

ACRX_DECL digest content_digest(std::span<placed_source const> sources)
{
    detail::key_hash key("files/2");
    detail::add_sources(key, sources);
    return key.finish();
}
}  // namespace acrx
#endif
