// Bodies of cache/basic_layer_cache.hpp.
#ifndef ACRX_CACHE_IMPL_BASIC_LAYER_CACHE_HPP
#define ACRX_CACHE_IMPL_BASIC_LAYER_CACHE_HPP
#include <acrx/cache/basic_layer_cache.hpp>

namespace acrx {
template<key_policy K, step_storage S, cache_admission A, cache_eviction E>
net::awaitable<std::optional<cached_step>> basic_layer_cache<K, S, A, E>::find(digest key)
{
    auto found = co_await storage_.find(key);
    if (asked_.insert(key).second)
        used_.push_back(std::move(key));
    co_return found;
}

template<key_policy K, step_storage S, cache_admission A, cache_eviction E>
net::awaitable<void> basic_layer_cache<K, S, A, E>::store(digest key, cached_step step)
{
    cache_event const news{cache_event::kind::stored, key, step.layer.blob.digest, {step.layer.blob.size, step.seconds}};
    co_await storage_.store(key, std::move(step));
    auto turn = storage_.enter();
    catch_up(turn);
    std::vector<digest> gone;
    bool const was_in = set_.contains(key);
    std::map<digest, entry_cost> costs;
    auto const may_go = [&](digest const& id) {
        costs.insert_or_assign(id, set_.cost_of(id));
        return !turn.is_used(id);
    };
    bool const is_in = set_.insert(key, news.cost, gone, may_go);
    for (auto const& id : gone)
        if (turn.erase(id))
            news_.push_back({cache_event::kind::given_up, id});
        else  // a build has found it since it was chosen: over the budget until that ends
            set_.place(id, costs.at(id));
    if (!is_in)
        declined_.insert_or_assign(std::move(key), news);
    else if (!was_in)
        news_.push_back(news);
    turn.write(std::exchange(news_, {}));
}

/// What others did comes first, then what was used here: everybody sees one order.
template<key_policy K, step_storage S, cache_admission A, cache_eviction E>
void basic_layer_cache<K, S, A, E>::catch_up(turn_type& turn)
{
    for (auto const& event : turn.news())
        switch (event.what) {
        case cache_event::kind::used: set_.find(event.key); break;
        case cache_event::kind::stored: set_.place(event.key, event.cost); break;
        case cache_event::kind::given_up: set_.give_up(event.key); break;
        case cache_event::kind::forgotten: set_.clear(); break;
        }
    for (auto& key : std::exchange(used_, {})) {
        set_.find(key);
        news_.push_back({cache_event::kind::used, std::move(key)});
    }
}

template<key_policy K, step_storage S, cache_admission A, cache_eviction E>
std::size_t basic_layer_cache<K, S, A, E>::release()
{
    storage_.release();
    asked_.clear();
    auto turn = storage_.enter();
    catch_up(turn);
    for (auto const& [key, news] : std::exchange(declined_, {}))
        if (!set_.contains(key) && !turn.erase(key)) {  // another build has found it meanwhile
            set_.place(key, news.cost);
            news_.push_back(news);
        }
    std::vector<digest> gone;
    set_.trim(gone, [&](digest const& id) { return turn.erase(id); });
    for (auto const& id : gone)
        news_.push_back({cache_event::kind::given_up, id});
    turn.write(std::exchange(news_, {}));
    return gone.size();
}
}  // namespace acrx
#endif
