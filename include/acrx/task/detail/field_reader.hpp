// Reads the entries of YAML maps into values, by tables of names, with errors that say where and what.
#ifndef ACRX_TASK_DETAIL_FIELD_READER_HPP
#define ACRX_TASK_DETAIL_FIELD_READER_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/yaml.hpp>
#include <acrx/task/task_file.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// Where fields are read: the file's name, what to warn of, and how much one file may still hold.
struct field_context
{
    std::string const& file;
    std::vector<task_warning>& warnings;
    std::size_t items_left = 1'000'000;  ///< list items: anchors must not make a small file large
};

/// The value of one field.
class field_value
{
public:
    field_value(field_context& in, std::string_view name, yaml_node const& node) : in_(&in), name_(name), node_(&node)
    {}

    field_context& context() const noexcept { return *in_; }
    source_place where() const noexcept { return node_->where; }

    /// A scalar as it is written; null is empty.
    ACRX_DECL std::string text() const;
    ACRX_DECL bool flag() const;
    /// A number, its fraction cut off.
    ACRX_DECL std::int64_t integer() const;
    /// A number of at least 0; less is `below_zero`, or 0 if that is empty.
    ACRX_DECL unsigned count(std::string_view below_zero = {}) const;
    ACRX_DECL std::chrono::milliseconds seconds() const;
    ACRX_DECL std::vector<std::string> texts() const;
    /// The items of a list; null has none. @param of  what they are, in the plural
    ACRX_DECL std::vector<yaml_ptr> items(std::string_view of) const;
    /// This, if it is a map; an empty map if it is null. @param of  what it is
    ACRX_DECL yaml_node const& map(std::string_view of) const;

    /// @throws task_error `'NAME' must be WANTED, not ...`
    [[noreturn]] ACRX_DECL void refuse(std::string_view wanted, std::string advice = {}) const;

private:
    field_context* in_;
    std::string_view name_;
    yaml_node const* node_;
};

template<class T>
struct field
{
    std::string_view name;
    void (*read)(field_value const&, T&);
};

/// Warns of a key that `what` does not have.
ACRX_DECL void warn_of_key(field_context& in, yaml_node const& key, std::string_view what,
                           std::vector<std::string_view> const& known);

template<class T, std::size_t Size>
void read_fields(field_context& in, yaml_node const& map, std::string_view what, field<T> const (&fields)[Size],
                 T& into)
{
    for (auto const& [key, value] : map.entries) {
        field<T> const* found = nullptr;
        for (auto const& f : fields)
            if (f.name == key->text)
                found = &f;
        if (found != nullptr) {
            found->read(field_value(in, found->name, *value), into);
            continue;
        }
        std::vector<std::string_view> known;
        for (auto const& f : fields)
            known.push_back(f.name);
        warn_of_key(in, *key, what, known);
    }
}
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/field_reader.ipp>
#endif
#endif
