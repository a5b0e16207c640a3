// How each kind of git host wants its API to be called, as values.
#ifndef ACRX_TRIGGER_DETAIL_GIT_DIALECT_HPP
#define ACRX_TRIGGER_DETAIL_GIT_DIALECT_HPP

#include <acrx/core/config.hpp>
#include <acrx/http/message.hpp>
#include <acrx/trigger/git_api.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace acrx::detail {
/// A webhook that a host has.
struct known_webhook
{
    std::string id;
    std::string url;
    std::string kind;  ///< Azure DevOps has one for each kind of event; empty at others
};

/// A webhook that a host should have.
struct wished_webhook
{
    std::string kind;
    boost::json::object body;
    boost::json::object body_of_new;  ///< said once, when it is made
};

/// What Azure DevOps calls a repository by.
struct azure_ids
{
    std::string project;
    std::string repository;
};

/// A call that sends JSON; paths count from the base of the place.
struct json_call
{
    std::string path;
    boost::json::object body;
};

/// One kind of host.
struct git_dialect
{
    void (*authorize)(http_headers& headers, std::string const& token);
    std::string (*list)(git_api_place const& place);                         ///< path of the first page of webhooks
    std::string (*collection)(git_api_place const& place);                   ///< path that new ones are posted to
    std::string (*one)(git_api_place const& place, std::string const& id);  ///< path of a known one
    std::string_view update_method;
    std::vector<known_webhook> (*read)(boost::json::value const& page);
    std::vector<wished_webhook> (*wishes)(azure_ids const& ids, webhook_wish const& wish);
    json_call (*status)(git_api_place const& place, azure_ids const& ids, commit_status const& status);
};

ACRX_DECL git_dialect github_dialect();
ACRX_DECL git_dialect gitea_dialect();
ACRX_DECL git_dialect gitlab_dialect();
ACRX_DECL git_dialect bitbucket_cloud_dialect();
ACRX_DECL git_dialect bitbucket_data_center_dialect();
ACRX_DECL git_dialect azure_devops_dialect();
ACRX_DECL git_dialect dialect_of(git_api_place const& place);

/// The path of the page behind an answer, by `Link` or by what the body says; empty behind the last.
ACRX_DECL std::string next_webhook_page(http_response const& answer, boost::json::value const& page, std::string const& list);
/// Webhooks in a list, or in the member `values` or `value` of an object.
/// @param id  name of the member that holds the id, a number or a text
ACRX_DECL std::vector<known_webhook> read_webhooks(boost::json::value const& page, std::string_view id,
                                                   std::string_view url_pointer, std::string_view kind = {});
/// The text at a pointer, numbers too; empty if there is none.
ACRX_DECL std::string page_text(boost::json::value const& document, std::string_view pointer);
/// No longer than `limit` bytes, and no half character.
ACRX_DECL std::string cut_text(std::string text, std::size_t limit);
/// `/repos/acme/app`
ACRX_DECL std::string repository_path(std::string_view prefix, git_api_place const& place);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/trigger/impl/azure_devops_dialect.ipp>
#include <acrx/trigger/impl/bitbucket_dialect.ipp>
#include <acrx/trigger/impl/git_dialect.ipp>
#include <acrx/trigger/impl/github_dialect.ipp>
#include <acrx/trigger/impl/gitlab_dialect.ipp>
#endif
#endif
