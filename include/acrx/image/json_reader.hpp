// Reads JSON documents of unknown origin: every wrong member is an error that names its place.
#ifndef ACRX_IMAGE_JSON_READER_HPP
#define ACRX_IMAGE_JSON_READER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// The members of one object of a document; a member that is null counts as absent.
/// Refers to the object and must not outlive it.
class json_reader
{
public:
    /// @param doing  for error texts: `reading the image config`
    /// @param place  where the object stands in the document: `config.Labels`; empty for the document itself
    json_reader(boost::json::object const& object, std::string doing, std::string place = {})
        : object_(&object), doing_(std::move(doing)), place_(std::move(place))
    {}

    ACRX_DECL boost::json::value const* find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }

    // Each gives an empty value for an absent member and throws `errc::damaged` for one of another type.
    ACRX_DECL std::string string(std::string_view name) const;
    ACRX_DECL bool boolean(std::string_view name) const;
    ACRX_DECL std::int64_t integer(std::string_view name) const;
    ACRX_DECL std::optional<json_reader> object(std::string_view name) const;
    ACRX_DECL std::vector<json_reader> objects(std::string_view name) const;
    ACRX_DECL std::vector<std::string> strings(std::string_view name) const;
    ACRX_DECL std::map<std::string, std::string> string_map(std::string_view name) const;
    /// The names of the members of an object.
    ACRX_DECL std::vector<std::string> keys(std::string_view name) const;

    // These members must be there.
    ACRX_DECL acrx::digest digest(std::string_view name) const;
    ACRX_DECL std::uint64_t size(std::string_view name) const;
    ACRX_DECL std::string required_string(std::string_view name) const;

    boost::json::object const& raw() const noexcept { return *object_; }
    [[noreturn]] ACRX_DECL void refuse(std::string_view name, std::string const& why) const;

private:
    ACRX_DECL std::string place_of(std::string_view name) const;

    boost::json::object const* object_;
    std::string doing_;
    std::string place_;
};

/// Parses a document whose top is an object. @param doing  as above  @throws error (`errc::damaged`)
ACRX_DECL boost::json::object parse_json_object(std::string_view bytes, std::string const& doing);
/// A JSON string; bytes that are no UTF-8 become U+FFFD, as other writers of images do it.
ACRX_DECL boost::json::string to_json_string(std::string_view text);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/image/impl/json_reader.ipp>
#endif
#endif
