// The methods that templates may call on versions and times.
#ifndef ACRX_TEMPLATING_DETAIL_OBJECT_METHOD_HPP
#define ACRX_TEMPLATING_DETAIL_OBJECT_METHOD_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/value.hpp>

#include <optional>
#include <string_view>

namespace acrx::templating::detail {
/// What a method without arguments gives; nothing if the value has no such method.
/// `Format` of a time, which takes a layout, gives an empty text here.
ACRX_DECL std::optional<value> object_method(value const& object, std::string_view name);
}  // namespace acrx::templating::detail

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/object_method.ipp>
#endif
#endif
