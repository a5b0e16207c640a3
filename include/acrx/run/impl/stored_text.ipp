// Bodies of run/detail/stored_text.hpp: the two archives that the lists of fields are read with.
#ifndef ACRX_RUN_IMPL_STORED_TEXT_IPP
#define ACRX_RUN_IMPL_STORED_TEXT_IPP
#include <acrx/core/error.hpp>
#include <acrx/run/detail/stored_fields.hpp>
#include <acrx/run/detail/stored_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace acrx::detail {
namespace json = boost::json;

template<class T>
concept is_number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

/// Puts each member of a value into an object.
class field_writer
{
public:
    template<class T>
    void operator()(char const* name, T const& member)
    {
        object_[name] = to_value(member);
    }

    template<class T>
    static json::object write(T value)  // a copy: lists of fields take what they could change
    {
        field_writer writer;
        fields(writer, value);
        return std::move(writer.object_);
    }

private:
    static json::value to_value(std::string const& text) { return json::value(text); }
    static json::value to_value(bool flag) { return json::value(flag); }
    static json::value to_value(is_number auto number) { return json::value(static_cast<std::int64_t>(number)); }
    static json::value to_value(time_point t) { return to_value(t.time_since_epoch().count()); }
    static json::value to_value(std::chrono::seconds s) { return to_value(s.count()); }
    static json::value to_value(digest const& d) { return json::value(d.str()); }
    template<class T>
        requires std::is_enum_v<T>
    static json::value to_value(T word)
    {
        return to_value(static_cast<int>(word));
    }
    template<class T>
    static json::value to_value(std::optional<T> const& value)
    {
        return value ? to_value(*value) : json::value(nullptr);
    }
    template<class T>
    static json::value to_value(std::vector<T> const& values)
    {
        json::array list;
        for (auto const& value : values)
            list.push_back(to_value(value));
        return list;
    }
    template<class T>
    static json::value to_value(std::map<std::string, T> const& values)
    {
        json::object object;
        for (auto const& [name, value] : values)
            object[name] = to_value(value);
        return object;
    }
    template<class... T>
    static json::value to_value(std::variant<T...> const& value)
    {
        json::object object{{"kind", static_cast<std::int64_t>(value.index())}};
        object["is"] = std::visit([](auto const& held) { return to_value(held); }, value);
        return object;
    }
    template<class T>
        requires std::is_class_v<T>
    static json::value to_value(T const& value)
    {
        return write(value);
    }

    json::object object_;
};

/// Fills the members of a value from an object; those that it lacks stay as they are.
class field_reader
{
public:
    explicit field_reader(json::object const& object) : object_(object) {}

    template<class T>
    void operator()(char const* name, T& member)
    {
        if (auto const* found = object_.if_contains(name))
            read(*found, member);
    }

    static void read(json::value const& value, std::string& text) { text = std::string(value.as_string()); }
    static void read(json::value const& value, bool& flag) { flag = value.as_bool(); }
    static void read(json::value const& value, is_number auto& number)
    {
        number = value.to_number<std::remove_cvref_t<decltype(number)>>();
    }
    static void read(json::value const& value, time_point& t)
    {
        t = time_point(std::chrono::nanoseconds(value.as_int64()));
    }
    static void read(json::value const& value, std::chrono::seconds& s) { s = std::chrono::seconds(value.as_int64()); }
    static void read(json::value const& value, digest& d)
    {
        d = value.as_string().empty() ? digest() : digest::parse(std::string(value.as_string()));
    }
    template<class T>
        requires std::is_enum_v<T>
    static void read(json::value const& value, T& word)
    {
        word = static_cast<T>(value.to_number<int>());
    }
    template<class T>
    static void read(json::value const& value, std::optional<T>& held)
    {
        held.reset();
        if (!value.is_null())
            read(value, held.emplace());
    }
    template<class T>
    static void read(json::value const& value, std::vector<T>& values)
    {
        values.clear();
        for (auto const& element : value.as_array())
            read(element, values.emplace_back());
    }
    template<class T>
    static void read(json::value const& value, std::map<std::string, T>& values)
    {
        values.clear();
        for (auto const& member : value.as_object())
            read(member.value(), values[std::string(member.key())]);
    }
    template<class... T>
    static void read(json::value const& value, std::variant<T...>& held)
    {
        auto const kind = value.as_object().at("kind").to_number<std::size_t>();
        auto const& is = value.as_object().at("is");
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            bool const known = ((I == kind ? (read(is, held.template emplace<I>()), true) : false) || ...);
            if (!known)
                throw error(errc::damaged, "reading a stored value of a kind that this version does not know");
        }(std::index_sequence_for<T...>{});
    }
    template<class T>
        requires std::is_class_v<T>
    static void read(json::value const& value, T& whole)
    {
        field_reader reader(value.as_object());
        fields(reader, whole);
    }

private:
    json::object const& object_;
};

template<class T>
T parse_stored(std::string_view text)
{
    try {
        T value;
        field_reader::read(json::parse(json::string_view(text.data(), text.size())), value);
        return value;
    } catch (error const&) {
        throw;
    } catch (std::exception const& e) {
        throw error(errc::damaged, std::string("reading what is stored of a task or run: ") + e.what());
    }
}

ACRX_DECL std::string to_stored_text(task_definition const& task)
{
    return json::serialize(field_writer::write(task));
}
ACRX_DECL std::string to_stored_text(run_request const& request)
{
    return json::serialize(field_writer::write(request));
}
ACRX_DECL std::string to_stored_text(named_run const& run)
{
    return json::serialize(field_writer::write(run));
}
ACRX_DECL std::string to_stored_text(agent_pool const& pool)
{
    return json::serialize(field_writer::write(pool));
}
ACRX_DECL std::string to_stored_text(run_record const& record)
{
    return json::serialize(field_writer::write(record));
}

template<>
ACRX_DECL task_definition from_stored_text<task_definition>(std::string_view text)
{
    return parse_stored<task_definition>(text);
}
template<>
ACRX_DECL run_request from_stored_text<run_request>(std::string_view text)
{
    return parse_stored<run_request>(text);
}
template<>
ACRX_DECL named_run from_stored_text<named_run>(std::string_view text)
{
    return parse_stored<named_run>(text);
}
template<>
ACRX_DECL agent_pool from_stored_text<agent_pool>(std::string_view text)
{
    return parse_stored<agent_pool>(text);
}
template<>
ACRX_DECL run_record from_stored_text<run_record>(std::string_view text)
{
    return parse_stored<run_record>(text);
}
}  // namespace acrx::detail
#endif
