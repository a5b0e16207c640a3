// Bodies of cache/local_storage.hpp.
#ifndef ACRX_CACHE_IMPL_LOCAL_STORAGE_IPP
#define ACRX_CACHE_IMPL_LOCAL_STORAGE_IPP
#include <acrx/cache/local_storage.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <fcntl.h>

#include <cerrno>
#include <charconv>
#include <system_error>

namespace acrx {
namespace detail {
/// A lock on the byte that stands for a blob; of other digests, one in 2^62 has the same.
inline struct flock range_of(digest const& blob, short type)
{
    auto const text = blob.encoded().substr(0, 16);
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number, 16);
    struct flock range{};
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = static_cast<off_t>(number >> 2);
    range.l_len = 1;
    return range;
}

inline void add_blobs_of(oci_layout const& store, descriptor const& content, std::set<digest>& blobs)
{
    if (!blobs.insert(content.digest).second || !store.contains(content.digest))
        return;
    auto const bytes = store.read_blob(content);
    auto const type = acrx::manifest_media_type(bytes, content.media_type);
    if (media_type::is_index(type)) {
        for (auto const& entry : parse_index(bytes, type).manifests)
            add_blobs_of(store, entry, blobs);
        return;
    }
    auto const image = parse_manifest(bytes, type);
    blobs.insert(image.config.digest);
    for (auto const& layer : image.layers)
        blobs.insert(layer.digest);
}

}  // namespace detail

ACRX_DECL std::set<digest> blobs_of_named_images(std::filesystem::path const& root)
{
    oci_layout const store(root);
    std::set<digest> blobs;
    for (auto const& entry : store.entries())
        if (!entry.name.empty())
            detail::add_blobs_of(store, entry.content, blobs);
    return blobs;
}

ACRX_DECL unique_fd local_storage::open_uses() const
{
    std::filesystem::create_directories(entries_.folder());
    auto const path = entries_.folder() / "used.lock";
    unique_fd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file)
        throw_file_errno("opening " + path.string());
    return file;
}

ACRX_DECL bool local_storage::use(digest const& blob)
{
    if (!uses_)
        uses_ = open_uses();
    auto range = detail::range_of(blob, F_RDLCK);
    return ::fcntl(uses_.get(), F_OFD_SETLK, &range) == 0;
}

ACRX_DECL bool local_storage::is_free(digest const& blob) const
{
    auto const file = open_uses();
    auto range = detail::range_of(blob, F_WRLCK);
    return ::fcntl(file.get(), F_OFD_SETLK, &range) == 0;
}

ACRX_DECL net::awaitable<std::optional<cached_step>> local_storage::find(digest key)
{
    auto found = co_await entries_.find(std::move(key));
    if (found && !use(found->layer.blob.digest))  // it is being given up
        found.reset();
    co_return found;
}

ACRX_DECL net::awaitable<void> local_storage::store(digest key, cached_step step)
{
    use(step.layer.blob.digest);
    co_await entries_.store(std::move(key), std::move(step));
}

ACRX_DECL local_storage::turn local_storage::enter()
{
    std::filesystem::create_directories(entries_.folder());
    return turn(*this, file_lock(entries_.folder() / "journal.lock"));
}

ACRX_DECL void local_storage::learn(cache_event const& event)
{
    if (event.what == cache_event::kind::forgotten) {
        blobs_.clear();
        names_.clear();
    } else if (event.what == cache_event::kind::stored && blobs_.try_emplace(event.key, event.blob).second)
        ++names_[event.blob];
    else if (event.what == cache_event::kind::given_up)
        if (auto const known = blobs_.find(event.key); known != blobs_.end()) {
            --names_[known->second];
            blobs_.erase(known);
        }
}

ACRX_DECL std::vector<cache_event> local_storage::turn::news()
{
    auto& journal = owner_->journal_;
    if (!journal.exists()) {  // of an older version, or removed: the entries tell most of it
        std::vector<cache_event> stored;
        for (auto const& [key, step] : owner_->entries_.entries())
            stored.push_back({cache_event::kind::stored, key, step.layer.blob.digest,
                              {step.layer.blob.size, step.seconds}});
        journal.replace(stored);
    }
    auto events = journal.read();
    constexpr std::uint64_t usual = std::uint64_t{1} << 20;
    constexpr std::uint64_t of_entry = 400;  // twice what is left of one
    if (journal.size() > usual + of_entry * owner_->blobs_.size()) {
        auto const all = cache_journal(owner_->entries_.folder() / "journal").read();
        journal.replace(compacted(all));
        events = journal.read();
    }
    for (auto const& event : events)
        owner_->learn(event);
    return events;
}

ACRX_DECL void local_storage::turn::write(std::span<cache_event const> events)
{
    owner_->journal_.append(events);
    for (auto const& event : events)
        owner_->learn(event);
}

ACRX_DECL bool local_storage::turn::is_used(digest const& key) const
{
    auto const known = owner_->blobs_.find(key);
    return known != owner_->blobs_.end() && !owner_->is_free(known->second);
}

ACRX_DECL bool local_storage::turn::erase(digest const& key)
{
    auto const text = read_file_if_exists(owner_->entries_.path_of(key));
    auto const step = text ? detail::parse_cache_entry(*text) : std::nullopt;
    if (!step) {
        owner_->entries_.erase(key);
        return true;
    }
    auto const& blob = step->layer.blob.digest;
    auto const file = owner_->open_uses();
    auto range = detail::range_of(blob, F_WRLCK);
    if (::fcntl(file.get(), F_OFD_SETLK, &range) != 0)
        return false;
    owner_->entries_.erase(key);
    auto const known = owner_->names_.find(blob);
    bool const is_own = owner_->blobs_.contains(key);
    if (known != owner_->names_.end() && known->second > (is_own ? 1U : 0U))
        return true;
    if (!of_images_)
        of_images_ = blobs_of_named_images(owner_->store_);
    owner_->remove_layer(blob, step->layer.diff_id, *of_images_);
    return true;
}

ACRX_DECL void local_storage::remove_layer(digest const& blob, digest const& diff_id, std::set<digest> const& of_images)
{
    if (of_images.contains(blob))
        return;
    oci_layout(store_).remove_blob(blob);
    if (forget_)
        forget_(diff_id);
}
}  // namespace acrx
#endif
