// The concept of what a step is known by in a cache, and its models.
#ifndef ACRX_CACHE_KEY_POLICY_HPP
#define ACRX_CACHE_KEY_POLICY_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace acrx {
/// What can be known of a step before it is run. What costs time is worked out when it is asked for.
struct step_facts
{
    digest content = {};     ///< everything that decides the result: the step, the files it reads, the layers it lies on
    digest definition = {};  ///< the step alone
    digest metadata = {};    ///< the instructions without a layer before it, such as LABEL; empty for none
    digest parent = {};      ///< the key, under the same policy, of what the step lies on; empty for nothing
    std::function<digest()> files = {};    ///< names, owners, modes and contents of the files that it reads
    std::function<digest()> stamps = {};   ///< their names, sizes and times
    std::function<digest()> context = {};  ///< all files of the build context, with their contents
};

/// A type that makes the key of a step. Two steps with one key count as equal.
///
/// | for `K const& k`, `step_facts const& facts` | is                 | means                        |
/// |---------------------------------------------|--------------------|------------------------------|
/// | `k.name()`                                  | `std::string_view` | what options and traces say  |
/// | `k.key(facts)`                              | `digest`           | the key; the same for the same facts |
/// | `k.is_exact()`                              | `bool`             | whether equal keys mean equal results, for steps that depend on nothing else |
///
/// @see key_by_content, key_by_chain, key_by_time, key_by_context
template<class K>
concept key_policy = std::copy_constructible<K> && requires(K const& k, step_facts const& facts) {
    { k.name() } -> std::convertible_to<std::string_view>;
    { k.key(facts) } -> std::same_as<digest>;
    { k.is_exact() } -> std::same_as<bool>;
};

namespace detail {
/// A digest of several, each of which may be empty.
ACRX_DECL digest mix(std::string_view kind, std::initializer_list<digest const*> parts);
}  // namespace detail

/// By content, as BuildKit does: a step that is changed and yields the same files leaves those after it cached.
struct key_by_content
{
    static constexpr std::string_view name() { return "content"; }
    static constexpr bool is_exact() { return true; }
    digest key(step_facts const& facts) const { return facts.content; }
};

/// By the chain of parents and the files' metadata and contents, as Docker's classic builder does: whatever is changed
/// runs all steps after it, and so does metadata such as a label.
struct key_by_chain
{
    static constexpr std::string_view name() { return "chain"; }
    static constexpr bool is_exact() { return true; }
    ACRX_DECL digest key(step_facts const& facts) const;
};

/// By the times of the files, as make does: reads no content. A file that is changed within its time stamp and size is
/// not noticed; one that was only touched, or newly cloned, runs its steps again.
struct key_by_time
{
    static constexpr std::string_view name() { return "time"; }
    static constexpr bool is_exact() { return false; }
    ACRX_DECL digest key(step_facts const& facts) const;
};

/// By the whole context: whatever is changed in it runs every step again.
struct key_by_context
{
    static constexpr std::string_view name() { return "context"; }
    static constexpr bool is_exact() { return true; }
    ACRX_DECL digest key(step_facts const& facts) const;
};

/// One of them, chosen at run time.
class named_key
{
public:
    named_key() = default;
    /// @throws error (`errc::invalid_argument`) if there is none of that name
    explicit ACRX_DECL named_key(std::string_view name);

    ACRX_DECL std::string_view name() const;
    ACRX_DECL bool is_exact() const;
    ACRX_DECL digest key(step_facts const& facts) const;

private:
    std::variant<key_by_content, key_by_chain, key_by_time, key_by_context> chosen_;
};
/// What a cache knows a step by; the content, if it does not say.
template<class Cache>
digest key_of(Cache const& cache, step_facts const& facts)
{
    if constexpr (requires { cache.key_of(facts); })
        return cache.key_of(facts);
    else
        return key_by_content().key(facts);
}

/// Tells a cache that a build has ended. @return entries that were given up; 0 if it does not want to know
template<class Cache>
std::size_t release(Cache& cache)
{
    if constexpr (requires { cache.release(); })
        return cache.release();
    else
        return 0;
}
static_assert(key_policy<key_by_content> && key_policy<key_by_chain> && key_policy<key_by_time> && key_policy<key_by_context>);
static_assert(key_policy<named_key>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/cache/impl/key_policy.ipp>
#endif
#endif
