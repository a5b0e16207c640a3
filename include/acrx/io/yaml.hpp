// A YAML document as a tree whose nodes know where they stand.
#ifndef ACRX_IO_YAML_HPP
#define ACRX_IO_YAML_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/numbered_text.hpp>
#include <acrx/io/source_place.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace acrx::detail {
enum class yaml_kind
{
    scalar,
    list,
    map,
};

struct yaml_node;
/// Anchored nodes are shared by their aliases; no node holds itself.
using yaml_ptr = std::shared_ptr<yaml_node const>;

struct yaml_node
{
    yaml_kind kind = yaml_kind::scalar;
    std::string text;             ///< of a scalar, unquoted
    std::string tag;              ///< as written, resolved; empty if there is none
    bool plain = false;           ///< a scalar without quotes that is no block: it may be a number, a boolean or null
    std::vector<yaml_ptr> items;  ///< of a list
    /// Of a map: `<<` merged, each key once, with its last value, where it was first; keys are scalars.
    std::vector<std::pair<yaml_ptr, yaml_ptr>> entries;
    source_place where;

    bool is_null() const noexcept
    {
        return kind == yaml_kind::scalar && plain
               && (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
    }
};

/// The document of a text; null if there is none. Places are those of the file that the text comes from.
/// @throws text_error (`errc::syntax`), also for a second document
ACRX_DECL yaml_ptr parse_yaml(numbered_text const& text, std::string const& file);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/io/impl/yaml.ipp>
#endif
#endif
