// The flags of one instruction: which are known, what was given.
#ifndef ACRX_DOCKERFILE_DETAIL_FLAGS_HPP
#define ACRX_DOCKERFILE_DETAIL_FLAGS_HPP

#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile::detail {
enum class flag_type { text, boolean, repeatable };

struct known_flag
{
    std::string_view name;
    flag_type type = flag_type::text;
};

/// A flag that cannot stand: the word as written, and why.
struct flag_refusal
{
    std::string word;
    std::string text;
};

class flag_set
{
public:
    /// @throws flag_refusal
    ACRX_DECL flag_set(std::vector<std::string> const& words, std::vector<known_flag> const& known);

    ACRX_DECL std::string text(std::string_view name, std::string_view otherwise = {}) const;
    ACRX_DECL std::optional<bool> boolean(std::string_view name) const;
    ACRX_DECL std::vector<std::string> all(std::string_view name) const;

private:
    struct given
    {
        std::string name;
        std::string value;
    };
    std::vector<given> given_;
};
}  // namespace acrx::dockerfile::detail

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/flags.ipp>
#endif
#endif
