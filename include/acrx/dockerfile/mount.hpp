// The `--mount` of RUN, split into its fields.
#ifndef ACRX_DOCKERFILE_MOUNT_HPP
#define ACRX_DOCKERFILE_MOUNT_HPP

#include <acrx/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// One `--mount` of RUN, split but not judged: values may hold variables until the step runs.
struct mount
{
    struct field
    {
        std::string name;                  ///< lower case
        std::optional<std::string> value;  ///< absent if written without `=`
        std::string text;                  ///< the field as written
    };
    std::string text;           ///< the whole value of the flag
    std::vector<field> fields;  ///< in the order written

    /// The last value of the field `name`, unexpanded; empty if it is not there.
    std::optional<std::string> get(std::string_view name) const
    {
        for (auto f = fields.rbegin(); f != fields.rend(); ++f)
            if (f->name == name)
                return f->value;
        return {};
    }
};

/// Splits the value of `--mount`: one record of comma-separated values.
/// @throws parse_error (`errc::invalid_instruction`) without a place, also for variables in the field `from`
ACRX_DECL mount parse_mount(std::string const& text);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/mount.ipp>
#endif
#endif
