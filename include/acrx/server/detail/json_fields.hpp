// Reads the fields of a JSON object into values, and says where one is wrong.
#ifndef ACRX_SERVER_DETAIL_JSON_FIELDS_HPP
#define ACRX_SERVER_DETAIL_JSON_FIELDS_HPP

#include <acrx/core/config.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// An object of a request. A field that is absent or null leaves what it would be read into as it is: so the same code
/// reads a whole resource, and changes to one. All of its functions throw `arm_refusal` (400) naming the field.
class json_fields
{
public:
    /// @param place  of the object within the request, such as `properties.step`; empty for the request itself
    explicit json_fields(boost::json::object object, std::string place = {})
        : object_(std::move(object)), place_(std::move(place))
    {}
    /// @param text  of a whole request; nothing counts as an empty object
    static ACRX_DECL json_fields parse(std::string_view text);

    ACRX_DECL bool has(std::string_view name) const;
    ACRX_DECL void read(std::string_view name, std::string& into) const;
    ACRX_DECL void read(std::string_view name, bool& into) const;
    ACRX_DECL void read(std::string_view name, std::vector<std::string>& into) const;
    ACRX_DECL void read(std::string_view name, std::map<std::string, std::string>& into) const;
    /// A whole number from `least` to `most`.
    ACRX_DECL void read(std::string_view name, unsigned& into, unsigned least, unsigned most) const;
    /// One of the words, in any case of letters: gives its index.
    ACRX_DECL std::optional<std::size_t> word(std::string_view name, std::vector<std::string_view> const& words) const;
    ACRX_DECL std::optional<json_fields> object(std::string_view name) const;
    /// Nothing if it is absent.
    ACRX_DECL std::optional<std::vector<json_fields>> objects(std::string_view name) const;
    /// The members of an object that is used as a table; a member that is null comes as nothing.
    ACRX_DECL std::map<std::string, std::optional<json_fields>> table(std::string_view name) const;

    [[noreturn]] ACRX_DECL void refuse(std::string_view name, std::string_view wanted) const;
    /// The text, which must be there and not be empty.
    ACRX_DECL std::string required(std::string_view name) const;

private:
    boost::json::value const* find(std::string_view name) const;
    std::string place_of(std::string_view name) const;

    boost::json::object object_;
    std::string place_;
};

/// Adds a field unless its text is empty.
ACRX_DECL void put(boost::json::object& into, std::string_view name, std::string_view text);
ACRX_DECL boost::json::array to_json_list(std::vector<std::string> const& texts);
ACRX_DECL boost::json::object to_json_table(std::map<std::string, std::string> const& texts);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/json_fields.ipp>
#endif
#endif
