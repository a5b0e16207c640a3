// Bodies of build/layer_store.hpp.
#ifndef ACRX_BUILD_IMPL_LAYER_STORE_HPP
#define ACRX_BUILD_IMPL_LAYER_STORE_HPP
#include <acrx/build/layer_store.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_file.hpp>
#include <acrx/snapshot/layer_scanner.hpp>

#include <boost/asio/this_coro.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace acrx {
namespace detail {
inline std::string short_name(digest const& id)
{
    return std::string(id.encoded().substr(0, 12));
}

inline void require_origin(layer_ref const& layer)
{
    auto const& urls = layer.layer.blob.urls;
    if (!layer.origin)
        throw error(errc::not_found, "reading layer " + layer.layer.blob.digest.str(),
                    urls.empty() ? "The blob has been removed from the store; build with --no-cache."
                                 : "The image layout leaves it to " + urls.front() + ": name the image itself.");
}

/// A blob that is being downloaded; removed again unless the store takes it.
class blob_download
{
public:
    explicit blob_download(std::filesystem::path path)
        : file_(std::move(path)), open_(::open(file_.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644))
    {
        if (!open_)
            throw_file_errno("writing " + file_.path().string());
    }

    void write(std::span<std::byte const> bytes) { write_all(open_.get(), bytes, file_.path()); }
    std::filesystem::path const& path() const noexcept { return file_.path(); }

private:
    scratch_file file_;
    unique_fd open_;
};
}  // namespace detail

template<registry_client Registry>
basic_layer_store<Registry>::basic_layer_store(Registry& registry, oci_layout& store, std::filesystem::path indexes,
                                               net::any_io_executor pool, progress_sink progress,
                                               std::shared_ptr<unsigned> next_id)
    : registry_(registry), store_(store), indexes_(std::move(indexes)), pool_(std::move(pool)),
      progress_(std::move(progress)), next_id_(std::move(next_id))
{}

template<registry_client Registry>
net::awaitable<std::shared_ptr<layer_index const>> basic_layer_store<Registry>::index_of(layer_ref layer)
{
    auto& known = known_[layer.layer.diff_id];
    auto load = load_index(std::move(layer));
    auto index = co_await known.get(std::move(load));
    co_return index;
}

template<registry_client Registry>
net::awaitable<std::shared_ptr<layer_index const>> basic_layer_store<Registry>::load_index(layer_ref layer)
{
    auto const path = index_path(layer.layer.diff_id);
    auto read = [path](std::stop_token) -> std::shared_ptr<layer_index const> {
        auto const bytes = read_file_if_exists(path);
        if (!bytes)
            return nullptr;
        try {
            return std::make_shared<layer_index const>(layer_index::from_bytes(*bytes));
        } catch (error const&) {
            return nullptr;  // of another version, or damaged: it is made again from the layer
        }
    };
    auto kept = co_await offload(pool_, std::move(read));
    if (kept)
        co_return kept;
    if (!store_.contains(layer.layer.blob.digest)) {
        auto scanned = co_await scan_remote(std::move(layer));
        co_return scanned;
    }
    auto scan = [blob = store_.blob_path(layer.layer.blob.digest)](std::stop_token stop) {
        return scan_layer(blob, stop);
    };
    auto scanned = co_await offload(pool_, std::move(scan));
    if (scanned.diff_id != layer.layer.diff_id)
        throw error(errc::digest_mismatch, "reading layer " + layer.layer.blob.digest.str()
                                               + ": the image config promises " + layer.layer.diff_id.str());
    auto index = std::make_shared<layer_index const>(std::move(scanned.index));
    std::filesystem::create_directories(indexes_);
    write_file(path, index->to_bytes());
    co_return index;
}

template<registry_client Registry>
void basic_layer_store<Registry>::note_failure(layer_ref const& layer, error_code const& why)
{
    if (layer.is_of_step && (why != condition::interrupted || why == errc::timed_out))
        lost_.insert(layer.layer.blob.digest);
}

template<registry_client Registry>
bool basic_layer_store<Registry>::can_have(cached_step const& step) const
{
    auto const& blob = step.layer.blob.digest;
    return store_.contains(blob) || (step.origin && !lost_.contains(blob));
}

template<registry_client Registry>
void basic_layer_store<Registry>::forget_failures()
{
    known_.clear();
    fetched_.clear();
}

template<registry_client Registry>
net::awaitable<std::shared_ptr<layer_index const>> basic_layer_store<Registry>::scan_remote(layer_ref layer)
{
    try {
        auto index = co_await scan_origin(layer);
        co_return index;
    } catch (boost::system::system_error const& e) {
        note_failure(layer, e.code());
        throw;
    }
}

template<registry_client Registry>
net::awaitable<std::shared_ptr<layer_index const>> basic_layer_store<Registry>::scan_origin(layer_ref layer)
{
    detail::require_origin(layer);
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, "indexing layer " + detail::short_name(layer.layer.blob.digest), doing);
    layer_scanner scanner(pool_);
    std::uint64_t done = 0;
    byte_sink sink = [&](std::span<std::byte const> bytes) {
        line.advance(done += bytes.size(), layer.layer.blob.size);
        return scanner.write(bytes);
    };
    co_await registry_.fetch_blob(*layer.origin, layer.layer.blob, std::move(sink));
    auto scanned = co_await scanner.finish();
    if (scanned.diff_id != layer.layer.diff_id)
        throw error(errc::digest_mismatch, "reading layer " + layer.layer.blob.digest.str()
                                               + ": the image config promises " + layer.layer.diff_id.str());
    auto index = std::make_shared<layer_index const>(std::move(scanned.index));
    std::filesystem::create_directories(indexes_);
    write_file(index_path(layer.layer.diff_id), index->to_bytes());
    line.end(work_ended::outcome::done);
    co_return index;
}

template<registry_client Registry>
net::awaitable<void> basic_layer_store<Registry>::need_index(layer_ref layer)
{
    auto const index = co_await index_of(std::move(layer));
    static_cast<void>(index);
}

template<registry_client Registry>
net::awaitable<layer_form> basic_layer_store<Registry>::form_of(std::vector<layer_ref> layers)
{
    if (layers.empty() || !layers.front().is_for_windows)
        co_return layer_form::plain;
    auto const index = co_await index_of(std::move(layers.front()));
    co_return acrx::form_of(*index);
}

template<registry_client Registry>
net::awaitable<std::shared_ptr<layer_index const>> basic_layer_store<Registry>::files_of(layer_ref layer,
                                                                                         layer_form form)
{
    auto const diff_id = layer.layer.diff_id;
    auto index = co_await index_of(std::move(layer));
    if (form == layer_form::plain)
        co_return index;
    auto& files = files_[diff_id];
    if (!files)
        files = std::make_shared<layer_index const>(files_in(*index, form));
    co_return files;
}

template<registry_client Registry>
net::awaitable<root_view> basic_layer_store<Registry>::view_of(std::vector<layer_ref> layers)
{
    std::vector<net::awaitable<void>> loads;
    for (auto const& layer : layers)
        loads.push_back(need_index(layer));
    co_await when_all(std::move(loads), 4);
    auto const form = co_await form_of(layers);
    std::vector<std::shared_ptr<layer_index const>> indexes;
    for (auto const& layer : layers) {
        auto index = co_await files_of(layer, form);
        indexes.push_back(std::move(index));
    }
    co_return root_view(std::move(indexes));
}

template<registry_client Registry>
net::awaitable<void> basic_layer_store<Registry>::fetch(layer_ref layer)
{
    if (store_.contains(layer.layer.blob.digest))
        co_return;
    auto& once = fetched_[layer.layer.blob.digest];
    auto operation = download(std::move(layer));
    co_await once.get(std::move(operation));
}

template<registry_client Registry>
net::awaitable<void> basic_layer_store<Registry>::fetch_all(std::vector<layer_ref> layers)
{
    std::vector<net::awaitable<void>> fetches;
    for (auto& layer : layers)
        fetches.push_back(fetch(std::move(layer)));
    co_await when_all(std::move(fetches), 4);
}

template<registry_client Registry>
net::awaitable<bool> basic_layer_store<Registry>::download(layer_ref layer)
{
    try {
        co_await download_from_origin(layer);
    } catch (boost::system::system_error const& e) {
        note_failure(layer, e.code());
        throw;
    }
    co_return true;
}

template<registry_client Registry>
net::awaitable<void> basic_layer_store<Registry>::download_from_origin(layer_ref layer)
{
    detail::require_origin(layer);
    auto const doing = co_await net::this_coro::cancellation_state;
    work_line line(progress_, (*next_id_)++, "pulling layer " + detail::short_name(layer.layer.blob.digest), doing);
    detail::blob_download file(store_.temporary());
    std::uint64_t done = 0;
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        file.write(bytes);
        line.advance(done += bytes.size(), layer.layer.blob.size);
        co_return;
    };
    co_await registry_.fetch_blob(*layer.origin, layer.layer.blob, std::move(sink));
    auto adopt = [&](std::stop_token) { store_.adopt(file.path(), layer.layer.blob.digest); };
    co_await offload(pool_, adopt);
    line.end(work_ended::outcome::done);
}

template<registry_client Registry>
bool basic_layer_store<Registry>::knows(layer_ref const& layer) const
{
    return has_index(layer.layer.diff_id) || store_.contains(layer.layer.blob.digest);
}

template<registry_client Registry>
bool basic_layer_store<Registry>::has_index(digest const& diff_id) const
{
    return std::filesystem::exists(index_path(diff_id));
}

template<registry_client Registry>
void basic_layer_store<Registry>::keep_index(digest const& diff_id, layer_index index)
{
    std::filesystem::create_directories(indexes_);
    write_file(index_path(diff_id), index.to_bytes());
}
}  // namespace acrx
#endif
