// What `--chmod` says: octal, or symbolic as chmod(1) reads it.
#ifndef ACRX_BUILD_DETAIL_MODE_CHANGE_HPP
#define ACRX_BUILD_DETAIL_MODE_CHANGE_HPP

#include <acrx/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// A change of permission bits.
class mode_change
{
public:
    /// @throws error (`errc::invalid_instruction`): `invalid chmod parameter: …`
    static ACRX_DECL mode_change parse(std::string_view text);

    /// The new bits of a file or folder that has `mode` now.
    ACRX_DECL std::uint32_t apply(std::uint32_t mode, bool is_folder) const;
    /// Octal changes also count for folders that are made on the way.
    bool is_octal() const noexcept { return octal_.has_value(); }

private:
    struct clause
    {
        std::uint32_t who = 0;  ///< mask of the bits that the letters u, g and o stand for
        char operation = '=';
        std::uint32_t bits = 0;
        bool execute_if_any = false;  ///< `X`
    };
    std::optional<std::uint32_t> octal_;
    std::vector<clause> clauses_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/mode_change.ipp>
#endif
#endif
