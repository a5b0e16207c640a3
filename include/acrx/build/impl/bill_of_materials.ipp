// Bodies of build/bill_of_materials.hpp.
#ifndef ACRX_BUILD_IMPL_BILL_OF_MATERIALS_IPP
#define ACRX_BUILD_IMPL_BILL_OF_MATERIALS_IPP
#include <acrx/build/bill_of_materials.hpp>
#include <acrx/build/detail/package_url.hpp>
#include <acrx/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace acrx {
namespace detail {
/// The name of a Python package as its index writes it.
inline std::string python_name(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

/// Letters, digits, dots and dashes are all that an SPDX identifier may hold.
inline std::string spdx_id(std::string_view prefix, std::string const& text)
{
    std::string id = "SPDXRef-" + std::string(prefix) + "-";
    for (char c : text) {
        bool const fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
        id += fits ? c : '-';
    }
    return id + "-" + std::string(digest_of(text).encoded().substr(0, 16));
}

inline boost::json::object spdx_package(std::string const& id, std::string const& name)
{
    return {{"name", name},
            {"SPDXID", id},
            {"downloadLocation", "NOASSERTION"},
            {"filesAnalyzed", false},
            {"licenseConcluded", "NOASSERTION"},
            {"licenseDeclared", "NOASSERTION"},
            {"copyrightText", "NOASSERTION"}};
}

inline boost::json::object spdx_relation(std::string const& from, std::string_view kind, std::string const& to)
{
    return {{"spdxElementId", from}, {"relationshipType", kind}, {"relatedSpdxElement", to}};
}
}  // namespace detail

ACRX_DECL std::string package_url(software_package const& package, distribution_name const& distribution)
{
    using detail::percent_encoded;
    bool const is_of_system = package.kind == "deb" || package.kind == "apk";
    auto url = "pkg:" + package.kind + "/";
    if (is_of_system)
        url += percent_encoded(distribution.id.empty() ? (package.kind == "deb" ? "debian" : "alpine") : distribution.id) + "/";
    auto const name = package.kind == "pypi" ? detail::python_name(package.name) : package.name;
    auto const slash = package.kind == "npm" ? name.find('/') : std::string::npos;
    if (slash != std::string::npos)
        url += percent_encoded(name.substr(0, slash)) + "/" + percent_encoded(name.substr(slash + 1));
    else
        url += percent_encoded(name);
    url += "@" + percent_encoded(package.version);
    if (!is_of_system)
        return url;
    if (!package.architecture.empty())
        url += "?arch=" + percent_encoded(package.architecture);
    if (!distribution.id.empty() && !distribution.version.empty())
        url += (package.architecture.empty() ? "?distro=" : "&distro=")
               + percent_encoded(distribution.id + "-" + distribution.version);
    return url;
}

ACRX_DECL attestation make_bill_of_materials(std::string const& name, std::span<software_package const> packages,
                                             distribution_name const& distribution, time_point created)
{
    std::string const root = "SPDXRef-DocumentRoot-Image";
    auto image = detail::spdx_package(root, name);
    image["primaryPackagePurpose"] = "CONTAINER";
    boost::json::array list{std::move(image)};
    boost::json::array relations{detail::spdx_relation("SPDXRef-DOCUMENT", "DESCRIBES", root)};
    for (auto const& package : packages) {
        auto const url = package_url(package, distribution);
        auto const id = detail::spdx_id("Package-" + package.kind, package.name + "-" + package.version + "-" + package.architecture);
        auto entry = detail::spdx_package(id, package.name);
        entry["versionInfo"] = package.version;
        entry["sourceInfo"] = "acquired from /" + package.found_in;
        entry["externalRefs"] = boost::json::array{boost::json::object{
            {"referenceCategory", "PACKAGE-MANAGER"}, {"referenceType", "purl"}, {"referenceLocator", url}}};
        list.emplace_back(std::move(entry));
        relations.emplace_back(detail::spdx_relation(root, "CONTAINS", id));
    }
    boost::json::object document{{"spdxVersion", "SPDX-2.3"},
                                 {"dataLicense", "CC0-1.0"},
                                 {"SPDXID", "SPDXRef-DOCUMENT"},
                                 {"name", name}};
    boost::json::object creation{{"created", to_rfc3339(std::chrono::floor<std::chrono::seconds>(created))},
                                 {"creators", boost::json::array{"Tool: acrx-" + std::string(version)}}};
    document["creationInfo"] = std::move(creation);
    document["packages"] = std::move(list);
    document["relationships"] = std::move(relations);
    // The name of a document must be its own: it follows from what the document says.
    auto const sum = digest_of(boost::json::serialize(document));
    document["documentNamespace"] = "https://spdx.org/spdxdocs/acrx-" + std::string(sum.encoded());
    attestation result;
    result.predicate_type = spdx_type;
    result.predicate = std::move(document);
    return result;
}
}  // namespace acrx
#endif
