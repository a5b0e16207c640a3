// Bodies of server/runner_page.hpp.
#ifndef ACRX_SERVER_IMPL_RUNNER_PAGE_IPP
#define ACRX_SERVER_IMPL_RUNNER_PAGE_IPP
#include <acrx/server/detail/page_api.hpp>
#include <acrx/server/detail/page_document.hpp>
#include <acrx/server/detail/page_dom.hpp>
#include <acrx/server/detail/page_graph.hpp>
#include <acrx/server/detail/page_icon.hpp>
#include <acrx/server/detail/page_log.hpp>
#include <acrx/server/detail/page_main.hpp>
#include <acrx/server/detail/page_parts.hpp>
#include <acrx/server/detail/page_run.hpp>
#include <acrx/server/detail/page_runs.hpp>
#include <acrx/server/detail/page_style.hpp>
#include <acrx/server/detail/page_tasks.hpp>
#include <acrx/server/detail/page_triggers.hpp>
#include <acrx/server/detail/page_words.hpp>
#include <acrx/server/runner_page.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace acrx {
namespace detail {
struct page_file
{
    std::string_view path;
    std::string_view type;
    std::string_view text;
};

inline constexpr std::string_view script_type = "text/javascript; charset=utf-8";
inline constexpr std::array page_files{
    page_file{"/", "text/html; charset=utf-8", page_document},
    page_file{"/page/style.css", "text/css; charset=utf-8", page_style},
    page_file{"/page/icon.svg", "image/svg+xml", page_icon},
    page_file{"/page/main.js", script_type, page_main},
    page_file{"/page/api.js", script_type, page_api},
    page_file{"/page/dom.js", script_type, page_dom},
    page_file{"/page/graph.js", script_type, page_graph},
    page_file{"/page/log.js", script_type, page_log},
    page_file{"/page/parts.js", script_type, page_parts},
    page_file{"/page/run.js", script_type, page_run},
    page_file{"/page/runs.js", script_type, page_runs},
    page_file{"/page/tasks.js", script_type, page_tasks},
    page_file{"/page/triggers.js", script_type, page_triggers},
    page_file{"/page/words.js", script_type, page_words},
};
}  // namespace detail

ACRX_DECL std::optional<http_reply> page_reply(std::string_view path)
{
    auto const file = std::ranges::find(detail::page_files, path, &detail::page_file::path);
    if (file == detail::page_files.end())
        return std::nullopt;
    auto reply = text_reply(200, std::string(file->text), file->type);
    reply.headers.set("Content-Security-Policy",
                      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
    reply.headers.set("X-Content-Type-Options", "nosniff");
    reply.headers.set("Referrer-Policy", "no-referrer");
    reply.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    reply.headers.set("Cache-Control", "no-cache");
    return reply;
}
}  // namespace acrx
#endif
