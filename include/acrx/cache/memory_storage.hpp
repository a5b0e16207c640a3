// The storage of a cache in the memory of one process.
#ifndef ACRX_CACHE_MEMORY_STORAGE_HPP
#define ACRX_CACHE_MEMORY_STORAGE_HPP

#include <acrx/cache/step_storage.hpp>

#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace acrx {
/// Ends with the last of its copies, which share it. One thread.
class memory_storage
{
public:
    class turn;

    net::awaitable<std::optional<cached_step>> find(digest key)
    {
        auto const found = state_->steps.find(key);
        if (found == state_->steps.end())
            co_return std::nullopt;
        used_.insert(std::move(key));
        co_return found->second;
    }
    net::awaitable<void> store(digest key, cached_step step)
    {
        used_.insert(key);
        state_->steps.insert_or_assign(std::move(key), std::move(step));
        co_return;
    }
    turn enter();
    void release() { used_.clear(); }

private:
    struct state
    {
        std::unordered_map<digest, cached_step> steps;
        std::vector<cache_event> events;
    };
    std::shared_ptr<state> state_ = std::make_shared<state>();
    std::set<digest> used_;
    std::size_t read_ = 0;  ///< events
};

class memory_storage::turn
{
public:
    std::vector<cache_event> news()
    {
        auto const& events = owner_->state_->events;
        std::vector<cache_event> fresh(events.begin() + static_cast<std::ptrdiff_t>(owner_->read_), events.end());
        owner_->read_ = events.size();
        return fresh;
    }
    void write(std::span<cache_event const> events)
    {
        auto& all = owner_->state_->events;
        all.insert(all.end(), events.begin(), events.end());
        owner_->read_ = all.size();
    }
    bool is_used(digest const& key) const { return owner_->used_.contains(key); }
    bool erase(digest const& key)
    {
        if (is_used(key))
            return false;
        owner_->state_->steps.erase(key);
        return true;
    }

private:
    friend class memory_storage;
    explicit turn(memory_storage& owner) : owner_(&owner) {}
    memory_storage* owner_;
};

inline memory_storage::turn memory_storage::enter()
{
    return turn(*this);
}
static_assert(step_storage<memory_storage>);
}  // namespace acrx
#endif
