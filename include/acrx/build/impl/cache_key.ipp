// Bodies of build/cache_key.hpp.
#ifndef ACRX_BUILD_IMPL_CACHE_KEY_IPP
#define ACRX_BUILD_IMPL_CACHE_KEY_IPP
#include <acrx/build/cache_key.hpp>

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
    /// @param kind  of step, with the version of what goes into its key
    key_hash(std::string_view kind, build_request const& request)
    {
        add(kind);
        add(to_string(request.platform));
        add(static_cast<std::uint64_t>(request.compression));
        add(static_cast<std::uint64_t>(request.source_date_epoch.has_value()));
        if (request.source_date_epoch)
            add(static_cast<std::uint64_t>(request.source_date_epoch->time_since_epoch().count()));
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
    key.add(entry.size);
    key.add(static_cast<std::uint64_t>(entry.content.has_value()));
    if (entry.content)
        key.add(*entry.content);
    else
        key.add(std::string_view(file.identity.empty() ? file.item.bytes : file.identity));
    // Which names share a file matters, what the origin calls the group does not.
    key.add(file.link_group.empty() ? 0 : groups.try_emplace(file.link_group, groups.size() + 1).first->second);
}
}  // namespace detail

ACRX_DECL digest cache_key(run_operation const& step, digest const& below, build_request const& request)
{
    detail::key_hash key("run/1", request);
    key.add(std::string_view(below.str()));
    key.add(step.args);
    key.add(step.env);
    key.add(std::string_view(step.working_dir));
    key.add(std::string_view(step.user));
    key.add(static_cast<std::uint64_t>(step.network));
    key.add(std::span<inline_file const>(step.scripts));
    return key.finish();
}

ACRX_DECL digest cache_key(folder_operation const& step, digest const& below, build_request const& request)
{
    detail::key_hash key("folder/1", request);
    key.add(std::string_view(below.str()));
    key.add(std::string_view(step.path));
    key.add(std::string_view(step.user));
    return key.finish();
}

ACRX_DECL digest cache_key(copy_operation const& step, std::span<placed_source const> sources, digest const& below,
                          build_request const& request)
{
    detail::key_hash key("copy/1", request);
    key.add(std::string_view(step.link ? std::string_view("link") : std::string_view(below.str())));
    key.add(std::string_view(step.destination));
    key.add(std::string_view(step.chown));
    key.add(std::string_view(step.chmod));
    key.add(sources.size());
    std::unordered_map<std::string, std::size_t> groups;
    for (auto const& source : sources) {
        key.add(static_cast<std::uint64_t>(source.is_archive));
        key.add(std::string_view(source.files.name));
        // The folder named by a source gives its content only: its own path, mode and owner go nowhere.
        auto const is_folder = source.files.top.item.entry.type == entry_type::directory;
        key.add(static_cast<std::uint64_t>(is_folder));
        if (!is_folder) {
            auto top = source.files.top;
            top.item.entry.path.clear();
            detail::add_file(key, top, groups);
        }
        key.add(source.files.below.size());
        for (auto const& file : source.files.below)
            detail::add_file(key, file, groups);
    }
    return key.finish();
}
}  // namespace acrx
#endif
