// Bodies of build/attestation_files.hpp.
#ifndef ACRX_BUILD_IMPL_ATTESTATION_FILES_IPP
#define ACRX_BUILD_IMPL_ATTESTATION_FILES_IPP
#include <acrx/build/attestation_files.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/utf8.hpp>
#include <acrx/snapshot/path_order.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace acrx {
namespace detail {
inline std::string content_digest(layer_item const& item)
{
    if (!item.entry.content && !item.file.empty())
        throw error(errc::invalid_argument, fmt::format("attesting {}: the digest of its content is not known", item.entry.path));
    return item.entry.content ? to_hex(*item.entry.content) : std::string(digest_of(item.bytes).encoded());
}

/// All regular files; one with several names is a subject by each of them.
inline boost::json::array file_subjects(std::span<layer_item const> items)
{
    boost::json::array subjects;
    std::unordered_map<std::string_view, std::string> sums;  // by the path that hard links lead to
    for (auto const& item : items) {
        auto const& entry = item.entry;
        if (entry.type != entry_type::regular && entry.type != entry_type::hard_link)
            continue;
        auto const& sum = entry.type == entry_type::regular ? (sums[entry.path] = content_digest(item)) : sums[entry.link];
        if (sum.empty())  // a link to something else than a file
            continue;
        subjects.emplace_back(boost::json::object{{"name", as_utf8(entry.path)},
                                                  {"digest", boost::json::object{{"sha256", sum}}}});
    }
    return subjects;
}

inline layer_item statement_file(attestation const& what, boost::json::array subjects, time_point time)
{
    layer_item item;
    item.bytes = to_statement(what, std::move(subjects)) + "\n";
    item.entry.path = what.file_name;
    item.entry.mode = 0644;
    item.entry.mtime = time;
    item.entry.size = item.bytes.size();
    item.entry.content = to_bytes(digest_of(item.bytes));
    return item;
}
}  // namespace detail

ACRX_DECL void add_attestations(std::vector<layer_item>& items, std::span<attestation const> attestations, time_point time)
{
    if (std::all_of(attestations.begin(), attestations.end(), [](auto const& what) { return what.file_name.empty(); }))
        return;
    auto const subjects = detail::file_subjects(items);
    auto const is_before = [](layer_item const& item, std::string const& name) { return path_less{}(item.entry.path, name); };
    for (auto const& what : attestations) {
        if (what.file_name.empty())
            continue;
        auto const place = std::lower_bound(items.begin(), items.end(), what.file_name, is_before);
        if (place != items.end() && place->entry.path == what.file_name)
            throw error(errc::invalid_argument,
                        fmt::format("writing the attestation {}: the result has a file of that name", what.file_name),
                        "Choose another name with filename=NAME in --attest, or inline-only=true to leave it to images.");
        items.insert(place, detail::statement_file(what, subjects, time));
    }
}
}  // namespace acrx
#endif
