// Functions that templates may call.
#ifndef ACRX_TEMPLATING_FUNCTION_HPP
#define ACRX_TEMPLATING_FUNCTION_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/moment.hpp>
#include <acrx/templating/value.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace acrx::templating {
struct options;

/// The arguments of one call, already of the types that the function declares, and what it may use.
class call
{
public:
    call(std::span<value const> arguments, options const& use, budget& left)
        : arguments_(arguments), use_(&use), left_(&left)
    {}

    std::span<value const> all() const noexcept { return arguments_; }
    /// The arguments from the `n`-th on.
    std::span<value const> from(std::size_t n) const noexcept { return arguments_.subspan(n); }
    std::size_t size() const noexcept { return arguments_.size(); }
    value const& operator[](std::size_t i) const noexcept { return arguments_[i]; }

    /// Arguments whose type the function declares.
    std::string const& text(std::size_t i) const { return *arguments_[i].if_text(); }
    std::int64_t integer(std::size_t i) const { return *arguments_[i].if_integer(); }
    double floating(std::size_t i) const { return *arguments_[i].if_float(); }
    bool boolean(std::size_t i) const { return *arguments_[i].if_bool(); }

    budget& left() const noexcept { return *left_; }
    ACRX_DECL moment now() const;
    ACRX_DECL void random(std::span<std::byte> bytes) const;

private:
    std::span<value const> arguments_;
    options const* use_;
    budget* left_;
};

/// One function.
struct function
{
    std::string_view name;
    /// One letter a parameter: `a` any, `s` string, `i` int, `I` int64, `f` float64, `b` bool, `m` map, `l` list of
    /// any, `t` time; a `*` at the end says that the last one may occur any number of times.
    std::string_view parameters;
    /// @throws error (`errc::invalid_argument`), whose text goes after `error calling NAME: `
    std::function<value(call const&)> body;
};

/// The function of this name that every template has; null if there is none.
///
/// These are Go's own and those of Sprig 2.22, without `env`, `expandenv` and `getHostByName`.
ACRX_DECL function const* find_function(std::string_view name);
/// Why there is no function of this name, as advice to an author; empty if there is no reason but the name.
ACRX_DECL std::string why_refused(std::string_view name);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/function.ipp>
#endif
#endif
