// How templates are read and rendered.
#ifndef ACRX_TEMPLATING_OPTIONS_HPP
#define ACRX_TEMPLATING_OPTIONS_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/function.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/moment.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace acrx::templating {
/// What a key that a map does not have gives.
enum class missing_key
{
    no_value,  ///< prints `<no value>`, however deep one goes (Go's `default`)
    zero,      ///< nil, which prints `<no value>`; going deeper is an error
    error,     ///< an error at once
};

/// Options of one template.
struct options
{
    std::string name = "template";  ///< for messages and `{{template}}`
    missing_key on_missing_key = missing_key::no_value;
    bool remove_no_value = false;      ///< deletes each literal `<no value>` from the finished text
    std::vector<function> functions;   ///< beside the built-in ones, and instead of those of the same name
    std::function<moment()> now;       ///< the clock; empty: that of this machine
    std::function<void(std::span<std::byte>)> random;  ///< fills with random bytes; empty: OpenSSL's generator
    limits limit;
};

/// The options of task files: missing keys are nil and print nothing.
/// @param name  of the file, for messages
ACRX_DECL options task_options(std::string name);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/options.ipp>
#endif
#endif
