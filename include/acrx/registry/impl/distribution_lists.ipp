// Bodies of registry/detail/distribution.hpp: tags and referrers (OCI distribution 1.1, content discovery).
#ifndef ACRX_REGISTRY_IMPL_DISTRIBUTION_LISTS_IPP
#define ACRX_REGISTRY_IMPL_DISTRIBUTION_LISTS_IPP
#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/registry/detail/answer_error.hpp>
#include <acrx/registry/detail/distribution.hpp>
#include <acrx/registry/impl/distribution_pull.ipp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace acrx::detail {
inline constexpr int page_limit = 10'000;

/// The target of `<URL>; rel="next"`; empty if there is none.
inline std::string next_page(http_response const& answer)
{
    for (auto const& field : answer.headers.all("Link")) {
        auto const open = field.find('<');
        auto const close = field.find('>', open);
        if (open == field.npos || close == field.npos)
            continue;
        auto const parameters = std::string_view(field).substr(close);
        if (parameters.find("rel=\"next\"") != parameters.npos || parameters.find("rel=next") != parameters.npos)
            return to_string(acrx::resolve(answer.from, field.substr(open + 1, close - open - 1)));
    }
    return {};
}

/// All pages of a list; the last one is what ended it, perhaps an error's answer.
inline net::awaitable<std::vector<http_response>> distribution::read_pages(registry_call request)
{
    std::vector<http_response> pages;
    while (!request.target.empty()) {
        auto answer = co_await channel_.send(request);
        request.target = answer.status == 200 ? next_page(answer) : std::string{};
        pages.push_back(std::move(answer));
        if (pages.size() > page_limit)
            throw error(errc::protocol, request.doing + ": the list does not end");
    }
    co_return pages;
}

ACRX_DECL net::awaitable<std::vector<std::string>> distribution::list_tags(reference ref)
{
    auto const doing = "listing the tags of " + shown_repository(ref);
    auto const pages = co_await read_pages(call(ref, "/tags/list?n=1000", false, doing));
    std::vector<std::string> tags;
    for (auto const& page : pages) {
        if (page.status != 200)
            throw_answer(page, doing, ref.domain);
        error_code failed;
        auto const document = boost::json::parse(page.body, failed);
        if (failed || !document.is_object())
            throw error(errc::damaged, doing + ": the answer is no JSON object");
        auto const* list = document.get_object().if_contains("tags");
        if (!list || !list->is_array())
            continue;  // null stands for none
        for (auto const& tag : list->get_array())
            if (tag.is_string())
                tags.emplace_back(std::string_view(tag.get_string()));
    }
    co_return tags;
}

/// The tag that holds the referrers of `subject` where the registry has no API for them.
inline reference fallback_tag(reference ref, digest const& subject)
{
    ref.tag = std::string(subject.algorithm().substr(0, 32)) + "-" + std::string(subject.encoded().substr(0, 64));
    ref.digest = {};
    return ref;
}

inline net::awaitable<std::vector<descriptor>> distribution::read_fallback(reference tag)
{
    auto const found = co_await resolve_at(tag, tag.domain);
    if (!found)
        co_return std::vector<descriptor>{};
    auto const document = co_await fetch_manifest_at(tag, tag.domain);
    auto index = parse_index(document.bytes, document.media_type);
    co_return std::move(index.manifests);
}

ACRX_DECL net::awaitable<std::vector<descriptor>> distribution::list_referrers(reference ref, digest subject,
                                                                               std::string artifact_type)
{
    auto const doing = "listing what refers to " + shown_repository(ref) + "@" + subject.str();
    auto request = call(ref, "/referrers/" + subject.str(), false, doing);
    if (!artifact_type.empty())
        request.target = with_query(request.target, "artifactType", artifact_type);
    auto const pages = co_await read_pages(std::move(request));
    std::vector<descriptor> all;
    for (auto const& page : pages) {
        if (page.status != 200 && page.status != 404)
            throw_answer(page, doing, ref.domain);
        if (page.status == 404)
            continue;
        auto index = parse_index(page.body, page.headers.get("Content-Type"));
        std::move(index.manifests.begin(), index.manifests.end(), std::back_inserter(all));
    }
    if (pages.front().status == 404)
        all = co_await read_fallback(fallback_tag(ref, subject));
    if (!artifact_type.empty())
        std::erase_if(all, [&](descriptor const& d) { return d.artifact_type != artifact_type; });
    co_return all;
}

inline bool names(std::vector<descriptor> const& list, digest const& wanted)
{
    return std::any_of(list.begin(), list.end(), [&](descriptor const& d) { return d.digest == wanted; });
}

ACRX_DECL net::awaitable<void> distribution::push_referrer(reference ref, manifest_document document)
{
    auto const parsed = parse_manifest(document.bytes, document.media_type);
    if (!parsed.subject)
        throw error(errc::invalid_argument, "pushing a referrer to " + shown_repository(ref) + ": its manifest names no subject");
    ref.digest = document.digest;
    auto const is_listed = co_await push_manifest(ref, document);
    if (is_listed)
        co_return;
    auto entry = describe(document);
    entry.artifact_type = parsed.artifact_type.empty() ? parsed.config.media_type : parsed.artifact_type;
    entry.annotations = parsed.annotations;
    auto const tag = fallback_tag(ref, parsed.subject->digest);
    // Somebody else may write the same tag meanwhile: read it again until our entry is in it.
    for (int tries = 0; tries < options_.retry.tries; ++tries) {
        image_index index;
        index.media_type = media_type::oci_index;
        index.manifests = co_await read_fallback(tag);
        if (names(index.manifests, entry.digest))
            co_return;
        index.manifests.push_back(entry);
        auto const written = to_document(index);
        auto const ignored = co_await push_manifest(tag, written);
        static_cast<void>(ignored);
    }
    auto const held = co_await read_fallback(tag);
    if (!names(held, entry.digest))
        throw error(errc::unavailable, "adding a referrer to " + shown(tag) + ", which others keep changing");
}
}  // namespace acrx::detail
#endif
