// Bodies of cache/key_policy.hpp.
#ifndef ACRX_CACHE_IMPL_KEY_POLICY_IPP
#define ACRX_CACHE_IMPL_KEY_POLICY_IPP
#include <acrx/cache/key_policy.hpp>
#include <acrx/core/error.hpp>

namespace acrx {
namespace detail {
ACRX_DECL digest mix(std::string_view kind, std::initializer_list<digest const*> parts)
{
    std::string text(kind);
    for (auto const* part : parts)
        text += "\n" + part->str();
    return digest_of(text);
}

inline digest ask(std::function<digest()> const& fact)
{
    return fact ? fact() : digest();
}
}  // namespace detail

ACRX_DECL digest key_by_chain::key(step_facts const& facts) const
{
    auto const files = detail::ask(facts.files);
    return detail::mix("chain/1", {&facts.definition, &facts.metadata, &facts.parent, &files});
}

ACRX_DECL digest key_by_time::key(step_facts const& facts) const
{
    auto const stamps = detail::ask(facts.stamps);
    return detail::mix("time/1", {&facts.definition, &facts.parent, &stamps});
}

ACRX_DECL digest key_by_context::key(step_facts const& facts) const
{
    auto const context = detail::ask(facts.context);
    return detail::mix("context/1", {&facts.definition, &facts.parent, &context});
}

ACRX_DECL named_key::named_key(std::string_view name)
{
    if (name == key_by_chain::name())
        chosen_ = key_by_chain();
    else if (name == key_by_time::name())
        chosen_ = key_by_time();
    else if (name == key_by_context::name())
        chosen_ = key_by_context();
    else if (name != key_by_content::name())
        throw error(errc::invalid_argument, "the cache key '" + std::string(name) + "' is unknown",
                    "It is content, chain, time or context.");
}

ACRX_DECL std::string_view named_key::name() const
{
    return std::visit([](auto const& k) { return k.name(); }, chosen_);
}

ACRX_DECL bool named_key::is_exact() const
{
    return std::visit([](auto const& k) { return k.is_exact(); }, chosen_);
}

ACRX_DECL digest named_key::key(step_facts const& facts) const
{
    return std::visit([&](auto const& k) { return k.key(facts); }, chosen_);
}
}  // namespace acrx
#endif
