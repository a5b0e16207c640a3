// Bodies of build/parse_attestation.hpp.
#ifndef ACRX_BUILD_IMPL_PARSE_ATTESTATION_IPP
#define ACRX_BUILD_IMPL_PARSE_ATTESTATION_IPP
#include <acrx/build/detail/option_fields.hpp>
#include <acrx/build/parse_attestation.hpp>
#include <acrx/build/parse_output.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// Calls `take(key, value)` for the fields of an attestation option, lower-case keys.
template<class Take>
void read_attestation(std::string_view option, std::string_view text, Take take)
{
    constexpr auto const* advice =
        "Provenance has mode=min|max, builder-id=URL, reproducible=BOOL, version=v1|v0.2; both have filename=NAME, inline-only=BOOL.";
    for (auto const& field : csv_fields(option, text)) {
        auto const equals = std::min(field.find('='), field.size());
        auto const key = std::string(without_spaces(std::string_view(field).substr(0, equals)));
        auto const value = std::string(without_spaces(std::string_view(field).substr(std::min(equals + 1, field.size()))));
        if (!take(key, value))
            throw option_error(fmt::format("{}: '{}' is not known, or not supported yet", option, field), advice);
    }
}

inline std::string parse_file_name(std::string const& value)
{
    if (value.empty() || value == "." || value == ".." || value.find('/') != std::string::npos)
        throw option_error(fmt::format("an attestation's filename: '{}' is not the name of a file", value),
                           "It is written at the root of the result, for example filename=statement.json.");
    return value;
}

inline bool take_of_file(attestation_file& into, std::string const& key, std::string const& value)
{
    if (key == "filename")
        into.name = parse_file_name(value);
    else if (key == "inline-only")
        into.inline_only = parse_bool("an attestation's inline-only", value);
    else
        return false;
    return true;
}

inline bool take_of_sbom(attestation_request& into, std::string const& key, std::string const& value)
{
    if (key != "disabled")
        return take_of_file(into.sbom_file, key, value);
    into.sbom = !parse_bool("--sbom disabled", value);
    return true;
}

inline void check_file_names(attestation_request const& request)
{
    auto const& name = request.sbom_file.name;
    if (name == request.provenance_file.name)
        throw option_error(fmt::format("two attestations are to be written to the file '{}'", name),
                           "Give each a filename=NAME of its own.");
}

inline bool take_of_provenance(attestation_request& into, std::string const& key, std::string const& value)
{
    if (key == "mode" && (value == "min" || value == "max"))
        into.provenance = value == "min" ? provenance_mode::min : provenance_mode::max;
    else if (key == "builder-id")
        into.builder_id = value;
    else if (key == "version" && (value == "v1" || value == "v0.2"))
        into.version = value == "v1" ? provenance_version::v1 : provenance_version::v0_2;
    else if (key == "reproducible")
        into.reproducible = parse_bool("--provenance reproducible", value);
    else if (key == "disabled" && parse_bool("--provenance disabled", value))
        into.provenance = provenance_mode::none;
    else
        return key == "disabled" || take_of_file(into.provenance_file, key, value);
    return true;
}
}  // namespace detail

ACRX_DECL void parse_provenance(std::string_view text, attestation_request& into)
{
    bool const is_switch = text.find('=') == std::string_view::npos;
    into.provenance = is_switch && !parse_bool("--provenance", text) ? provenance_mode::none : provenance_mode::max;
    if (is_switch)
        return;
    detail::read_attestation("--provenance", text, [&](std::string const& key, std::string const& value) {
        return detail::take_of_provenance(into, key, value);
    });
    detail::check_file_names(into);
}

ACRX_DECL void parse_sbom(std::string_view text, attestation_request& into)
{
    if (text.find("generator=") != std::string_view::npos)
        throw option_error(fmt::format("--sbom '{}': other generators are not supported yet", text), "Write --sbom=true.");
    bool const is_switch = text.find('=') == std::string_view::npos;
    into.sbom = !is_switch || parse_bool("--sbom", text);
    if (is_switch)
        return;
    detail::read_attestation("--sbom", text, [&](std::string const& key, std::string const& value) {
        return detail::take_of_sbom(into, key, value);
    });
    detail::check_file_names(into);
}

ACRX_DECL void parse_attest(std::string_view text, attestation_request& into)
{
    std::string type;
    auto wanted = into;
    wanted.provenance = provenance_mode::max;
    wanted.sbom = true;
    detail::read_attestation("--attest", text, [&](std::string const& key, std::string const& value) {
        if (key == "type")
            type = value;
        else if (type == "sbom")
            return detail::take_of_sbom(wanted, key, value);
        else if (type == "provenance")
            return detail::take_of_provenance(wanted, key, value);
        else
            return false;
        return true;
    });
    if (type != "provenance" && type != "sbom")
        throw option_error(fmt::format("--attest '{}' lacks type=provenance or type=sbom in front", text),
                           "For example type=provenance,mode=max.");
    if (type == "sbom")
        wanted.provenance = into.provenance;
    else
        wanted.sbom = into.sbom;
    detail::check_file_names(wanted);
    into = std::move(wanted);
}
}  // namespace acrx
#endif
