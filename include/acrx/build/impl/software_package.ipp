// Bodies of build/software_package.hpp.
#ifndef ACRX_BUILD_IMPL_SOFTWARE_PACKAGE_IPP
#define ACRX_BUILD_IMPL_SOFTWARE_PACKAGE_IPP
#include <acrx/build/software_package.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace acrx {
namespace detail {
/// Takes the first line off a text.
inline std::string_view take_line(std::string_view& text)
{
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Calls `take(key, value)` for each `KEY: value` line, and `end()` after each paragraph; lines that go on are passed over.
template<class Take, class End>
void read_paragraphs(std::string_view text, std::string_view separator, Take take, End end)
{
    while (!text.empty()) {
        auto const line = take_line(text);
        if (line.empty()) {
            end();
            continue;
        }
        auto const colon = line.find(':');
        if (line.front() == ' ' || line.front() == '\t' || colon == std::string_view::npos)
            continue;
        auto value = line.substr(colon + 1);
        if (value.starts_with(separator))
            value.remove_prefix(separator.size());
        take(line.substr(0, colon), value);
    }
    end();
}

using package_set = std::set<software_package>;

inline void add_dpkg(std::string const& path, std::string_view text, package_set& to)
{
    software_package found;
    std::string status;
    auto const take = [&](std::string_view key, std::string_view value) {
        if (key == "Package")
            found.name = value;
        else if (key == "Version")
            found.version = value;
        else if (key == "Architecture")
            found.architecture = value;
        else if (key == "Status")
            status = value;
    };
    auto const end = [&] {
        found.kind = "deb";
        found.found_in = path;
        bool const is_installed = status.empty() || status.ends_with(" installed");
        if (!found.name.empty() && !found.version.empty() && is_installed)
            to.insert(found);
        found = {};
        status.clear();
    };
    read_paragraphs(text, " ", take, end);
}

inline void add_apk(std::string const& path, std::string_view text, package_set& to)
{
    software_package found;
    auto const take = [&](std::string_view key, std::string_view value) {
        if (key == "P")
            found.name = value;
        else if (key == "V")
            found.version = value;
        else if (key == "A")
            found.architecture = value;
    };
    auto const end = [&] {
        found.kind = "apk";
        found.found_in = path;
        if (!found.name.empty() && !found.version.empty())
            to.insert(found);
        found = {};
    };
    read_paragraphs(text, "", take, end);
}

/// The head of a Python package's metadata; its description follows after an empty line.
inline void add_python(std::string const& path, std::string_view text, package_set& to)
{
    software_package found{"pypi", {}, {}, {}, path};
    for (auto line = take_line(text); !line.empty(); line = take_line(text)) {
        if (line.starts_with("Name: "))
            found.name = line.substr(6);
        else if (line.starts_with("Version: "))
            found.version = line.substr(9);
    }
    if (!found.name.empty() && !found.version.empty())
        to.insert(std::move(found));
}

inline std::string text_of(boost::json::object const& object, std::string_view key)
{
    auto const* value = object.if_contains(boost::json::string_view(key.data(), key.size()));
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

inline void add_npm(std::string const& path, std::string name, std::string version, package_set& to)
{
    if (!name.empty() && !version.empty())
        to.insert({"npm", std::move(name), std::move(version), {}, path});
}

/// `package-lock.json`: by folder since version 2 of the format, nested by name before.
inline void add_npm_lock(std::string const& path, boost::json::object const& lock, package_set& to)
{
    constexpr std::string_view folder = "node_modules/";
    if (auto const* packages = lock.if_contains("packages"); packages != nullptr && packages->is_object()) {
        for (auto const& [key, value] : packages->as_object()) {
            std::string_view const place(key.data(), key.size());
            auto const at = place.rfind(folder);
            if (at != std::string_view::npos && value.is_object())
                add_npm(path, std::string(place.substr(at + folder.size())), text_of(value.as_object(), "version"), to);
        }
        return;
    }
    auto const* dependencies = lock.if_contains("dependencies");
    if (dependencies == nullptr || !dependencies->is_object())
        return;
    for (auto const& [key, value] : dependencies->as_object()) {
        if (!value.is_object())
            continue;
        add_npm(path, std::string(key), text_of(value.as_object(), "version"), to);
        add_npm_lock(path, value.as_object(), to);
    }
}

inline void add_json(std::string const& path, std::string_view text, package_set& to)
{
    boost::system::error_code failed;
    auto const document = boost::json::parse(boost::json::string_view(text.data(), text.size()), failed);
    if (failed || !document.is_object())
        return;
    auto const& object = document.as_object();
    if (path.ends_with("package-lock.json"))
        add_npm_lock(path, object, to);
    else
        add_npm(path, text_of(object, "name"), text_of(object, "version"), to);
}

/// Whether a `package.json` is that of an installed package: `node_modules/NAME/` or `node_modules/@SCOPE/NAME/`.
inline bool is_installed_npm(std::string_view path)
{
    constexpr std::string_view folder = "node_modules/";
    auto const at = path.rfind(folder);
    if (at == std::string_view::npos || (at > 0 && path[at - 1] != '/'))
        return false;
    auto const rest = path.substr(at + folder.size());
    auto const slashes = std::count(rest.begin(), rest.end(), '/');
    return rest.ends_with("/package.json") && slashes == (rest.starts_with('@') ? 2 : 1);
}

inline bool is_dpkg(std::string_view path)
{
    constexpr std::string_view folder = "var/lib/dpkg/status.d/";
    return path == "var/lib/dpkg/status" || (path.starts_with(folder) && !path.ends_with(".md5sums"));
}

inline bool is_apk(std::string_view path)
{
    return path == "lib/apk/db/installed" || path == "usr/lib/apk/db/installed";
}

inline bool is_python(std::string_view path)
{
    return path.ends_with(".dist-info/METADATA") || path.ends_with(".egg-info/PKG-INFO") || path.ends_with(".egg-info");
}

inline bool is_npm(std::string_view path)
{
    bool const is_lock = (path == "package-lock.json" || path.ends_with("/package-lock.json"))
                         && path.find("node_modules/") == std::string_view::npos;
    return is_lock || is_installed_npm(path);
}

inline constexpr std::string_view os_release_places[] = {"etc/os-release", "usr/lib/os-release"};
}  // namespace detail

ACRX_DECL bool tells_of_packages(std::string_view path)
{
    return detail::is_dpkg(path) || detail::is_apk(path) || detail::is_python(path) || detail::is_npm(path)
           || path == detail::os_release_places[0] || path == detail::os_release_places[1];
}

ACRX_DECL std::vector<software_package> packages_in(std::map<std::string, std::string> const& files)
{
    detail::package_set all;
    for (auto const& [path, text] : files) {
        if (detail::is_dpkg(path))
            detail::add_dpkg(path, text, all);
        else if (detail::is_apk(path))
            detail::add_apk(path, text, all);
        else if (detail::is_python(path))
            detail::add_python(path, text, all);
        else if (detail::is_npm(path))
            detail::add_json(path, text, all);
    }
    std::vector<software_package> packages(all.begin(), all.end());
    auto const same = [](software_package const& a, software_package const& b) {
        return a.kind == b.kind && a.name == b.name && a.version == b.version && a.architecture == b.architecture;
    };
    packages.erase(std::unique(packages.begin(), packages.end(), same), packages.end());
    return packages;
}

ACRX_DECL distribution_name distribution_in(std::map<std::string, std::string> const& files)
{
    distribution_name result;
    for (auto const place : detail::os_release_places) {
        auto const found = files.find(std::string(place));
        if (found == files.end())
            continue;
        for (std::string_view text = found->second; !text.empty();) {
            auto const line = detail::take_line(text);
            auto const equals = std::min(line.find('='), line.size());
            auto value = line.substr(std::min(equals + 1, line.size()));
            if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
                value = value.substr(1, value.size() - 2);
            if (line.substr(0, equals) == "ID")
                result.id = value;
            else if (line.substr(0, equals) == "VERSION_ID")
                result.version = value;
        }
        return result;
    }
    return result;
}
}  // namespace acrx
#endif
