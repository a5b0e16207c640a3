// The values that a template works on: what Go calls interface{}, with its types, truth and order.
#ifndef ACRX_TEMPLATING_VALUE_HPP
#define ACRX_TEMPLATING_VALUE_HPP

#include <acrx/core/config.hpp>
#include <acrx/templating/moment.hpp>
#include <acrx/templating/version.hpp>

#include <boost/json/fwd.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acrx::templating {
class value;
using value_list = std::vector<value>;
using value_map = std::map<std::string, value, std::less<>>;

/// What a value is.
enum class kind
{
    nil,
    boolean,
    integer,
    floating,
    text,
    list,
    map,
    time,
    version,
};

/// The Go type of an integer; arithmetic does not care, but typed parameters and `printf "%T"` do.
enum class integer_type
{
    int_,
    int64,
    uint8,
};

/// The Go type of what a list or map holds: `[]interface {}`, `[]string`, `[]int`.
enum class element_type
{
    any,
    text,
    integer,
};

/// A dynamic value. Copies are cheap and share their contents, as in Go: who changes a map changes it for all.
///
/// Lists and texts never change once made; maps change only by `set` and its like in a template. A map cannot be
/// made to contain itself. Deep values are destroyed without recursion.
/// @par Thread safety
/// Distinct objects: safe, unless they share a map that a template changes.
class value
{
public:
    value() = default;
    value(std::nullptr_t) {}
    template<std::same_as<bool> Bool>
    value(Bool b) : data_(b)
    {}
    template<std::integral Int>
        requires(!std::same_as<Int, bool> && !std::same_as<Int, char>)
    value(Int n, integer_type type = integer_type::int_) : data_(number{static_cast<std::int64_t>(n), type})
    {}
    value(double d) : data_(d) {}
    ACRX_DECL value(std::string text);
    value(std::string_view text) : value(std::string(text)) {}
    value(char const* text) : value(std::string(text)) {}
    ACRX_DECL value(value_list list, element_type elements = element_type::any);
    ACRX_DECL value(value_map map, element_type elements = element_type::any);
    ACRX_DECL value(moment time);
    ACRX_DECL value(version v);

    /// A map of these entries, e.g. `value::map_of({{"Run", run}, {"Values", values}})`.
    static ACRX_DECL value map_of(std::initializer_list<std::pair<std::string const, value>> entries);
    /// A list of type `[]string`.
    static ACRX_DECL value texts(std::vector<std::string> list);

    enum kind kind() const noexcept { return static_cast<enum kind>(data_.index()); }
    bool is_nil() const noexcept { return data_.index() == 0; }

    bool const* if_bool() const noexcept { return std::get_if<bool>(&data_); }
    std::int64_t const* if_integer() const noexcept
    {
        auto const* n = std::get_if<number>(&data_);
        return n ? &n->n : nullptr;
    }
    double const* if_float() const noexcept { return std::get_if<double>(&data_); }
    std::string const* if_text() const noexcept { return content<text_ptr>(); }
    ACRX_DECL value_list const* if_list() const noexcept;
    ACRX_DECL value_map const* if_map() const noexcept;
    moment const* if_time() const noexcept { return content<time_ptr>(); }
    version const* if_version() const noexcept { return content<version_ptr>(); }

    /// The entries, to be changed for all who share them; null if it is no map.
    ACRX_DECL value_map* if_mutable_map() noexcept;
    /// The type of what is in a list or map; `any` for others.
    ACRX_DECL element_type elements() const noexcept;
    /// The type of an integer; `int_` for others.
    integer_type integers() const noexcept
    {
        auto const* n = std::get_if<number>(&data_);
        return n ? n->type : integer_type::int_;
    }

    /// False for nil, false, zero, and what is empty.
    ACRX_DECL bool truth() const noexcept;
    /// As Go writes it: `int`, `[]interface {}`, `map[string]interface {}`, `<nil>`.
    ACRX_DECL std::string_view type_name() const noexcept;
    /// Go's reflect.Kind: `int`, `slice`, `map`, `struct`, `invalid`.
    ACRX_DECL std::string_view kind_name() const noexcept;
    /// Whether `other` can be reached from this map or list, or is it. Costs O(values below).
    ACRX_DECL bool reaches(value const& other) const;
    /// Whether both share one list, map or text.
    ACRX_DECL bool same_object(value const& other) const noexcept;

private:
    struct number
    {
        std::int64_t n;
        integer_type type;
    };
    struct list_data;
    struct map_data;
    using text_ptr = std::shared_ptr<std::string const>;
    using list_ptr = std::shared_ptr<list_data>;
    using map_ptr = std::shared_ptr<map_data>;
    using time_ptr = std::shared_ptr<moment const>;
    using version_ptr = std::shared_ptr<version const>;

    template<class Pointer>
    typename Pointer::element_type const* content() const noexcept
    {
        auto const* p = std::get_if<Pointer>(&data_);
        return p ? p->get() : nullptr;
    }
    void const* address() const noexcept;
    static void destroy(value_list& pending) noexcept;
    bool is_container() const noexcept { return kind() == kind::list || kind() == kind::map; }

    std::variant<std::monostate, bool, number, double, text_ptr, list_ptr, map_ptr, time_ptr, version_ptr> data_;
};

/// JSON as Go data: a number with a fraction or exponent, or one past 64 bits, is a float.
ACRX_DECL value from_json(boost::json::value const& json);
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/value.ipp>
#endif
#endif
