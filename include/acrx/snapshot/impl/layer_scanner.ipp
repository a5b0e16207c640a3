// Bodies of snapshot/layer_scanner.hpp.
#ifndef ACRX_SNAPSHOT_IMPL_LAYER_SCANNER_IPP
#define ACRX_SNAPSHOT_IMPL_LAYER_SCANNER_IPP
#include <acrx/core/error.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/snapshot/detail/hashed_stream.hpp>
#include <acrx/snapshot/detail/read_layer.hpp>
#include <acrx/snapshot/layer_scanner.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
inline scanned_layer scan(byte_source blob, std::string const& name, std::stop_token stop)
{
    hashed_stream stream(decompressor(std::move(blob), name), std::move(stop));
    layer_reader reader([&] { return stream.next(); }, name);
    while (reader.next() != nullptr)
        reader.kept_content();
    scanned_layer result;
    result.archive_bytes = reader.drain();
    result.diff_id = stream.finish();
    result.index = reader.take_index();
    return result;
}
}  // namespace detail

/// The queue between the coroutine that writes and the thread that scans.
struct layer_scanner::work
{
    work() : scanner([this] { scan(); }) {}
    work(work const&) = delete;
    work& operator=(work const&) = delete;
    ~work()
    {
        abandon();
        scanner.join();
    }

    void abandon()
    {
        stop.request_stop();
        close();
    }
    void close()
    {
        std::lock_guard const lock(mutex);
        closed = true;
        changed.notify_all();
    }
    /// @return whether the queue is full
    bool push(std::span<std::byte const> bytes)
    {
        std::lock_guard const lock(mutex);
        if (failure)
            std::rethrow_exception(failure);
        queue.emplace_back(bytes.begin(), bytes.end());
        queued += bytes.size();
        changed.notify_all();
        return queued > limit;
    }
    template<class Ready>
    void wait(std::stop_token token, Ready ready)
    {
        std::stop_callback const wake(token, [this] {
            std::lock_guard const lock(mutex);
            changed.notify_all();
        });
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return ready() || token.stop_requested(); });
        if (failure)
            std::rethrow_exception(failure);
    }

    std::span<std::byte const> pop()
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !queue.empty() || closed; });
        if (queue.empty() || stop.stop_requested())
            return {};
        current = std::move(queue.front());
        queue.pop_front();
        queued -= current.size();
        changed.notify_all();
        return current;
    }
    void scan()
    {
        std::exception_ptr failed;
        std::optional<scanned_layer> made;
        try {
            made = detail::scan([this] { return pop(); }, "that is being fetched", stop.get_token());
        } catch (...) {
            failed = std::current_exception();
        }
        std::lock_guard const lock(mutex);
        failure = failed;
        result = std::move(made);
        done = true;
        changed.notify_all();
    }

    static constexpr std::size_t limit = 4 * 1024 * 1024;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::vector<std::byte>> queue;
    std::size_t queued = 0;
    std::vector<std::byte> current;
    bool closed = false;
    bool done = false;
    std::stop_source stop;
    std::exception_ptr failure;
    std::optional<scanned_layer> result;
    std::thread scanner;
};

namespace detail {
struct wait_for_room
{
    std::shared_ptr<layer_scanner::work> work;
    void operator()(std::stop_token token) const
    {
        work->wait(token, [this] { return work->queued <= work->limit / 2 || work->done; });
    }
};

struct wait_for_result
{
    std::shared_ptr<layer_scanner::work> work;
    scanned_layer operator()(std::stop_token token) const
    {
        work->wait(token, [this] { return work->done; });
        if (!work->done)
            throw error(errc::canceled, "scanning a layer");
        return std::move(*work->result);
    }
};
}  // namespace detail

ACRX_DECL layer_scanner::layer_scanner(net::any_io_executor pool)
    : pool_(std::move(pool)), work_(std::make_shared<work>())
{}
ACRX_DECL layer_scanner::layer_scanner(layer_scanner&&) noexcept = default;
ACRX_DECL layer_scanner& layer_scanner::operator=(layer_scanner&&) noexcept = default;
ACRX_DECL layer_scanner::~layer_scanner()
{
    if (work_)
        work_->abandon();
}

ACRX_DECL net::awaitable<void> layer_scanner::write(std::span<std::byte const> bytes)
{
    if (bytes.empty() || !work_->push(bytes))
        co_return;
    detail::wait_for_room until_room{work_};
    co_await offload(pool_, std::move(until_room));
}

ACRX_DECL net::awaitable<scanned_layer> layer_scanner::finish()
{
    work_->close();
    detail::wait_for_result until_done{work_};
    auto scanned = co_await offload(pool_, std::move(until_done));
    co_return scanned;
}

ACRX_DECL scanned_layer scan_layer(std::filesystem::path const& blob, std::stop_token stop)
{
    return detail::scan(read_in_pieces(blob), blob.string(), std::move(stop));
}
}  // namespace acrx
#endif
