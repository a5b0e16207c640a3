// The configuration of an image (OCI image 1.1, config.md, with Docker's additions).
#ifndef ACRX_IMAGE_IMAGE_CONFIG_HPP
#define ACRX_IMAGE_IMAGE_CONFIG_HPP

#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/image/platform.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// Docker's health check; a duration of 0 means "inherit".
struct health_check
{
    std::vector<std::string> test;  ///< NONE, or CMD and its words, or CMD-SHELL and a text
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds timeout{0};
    std::chrono::nanoseconds start_period{0};
    std::chrono::nanoseconds start_interval{0};
    int retries = 0;

    bool operator==(health_check const&) const = default;
};

/// How a container of the image is started: the member `config`.
struct run_config
{
    std::string user;
    std::set<std::string> exposed_ports;  ///< `80/tcp`
    std::vector<std::string> env;         ///< `K=V`, in the order of first definition
    std::optional<std::vector<std::string>> entrypoint;
    std::optional<std::vector<std::string>> cmd;
    std::set<std::string> volumes;
    std::string working_dir;
    std::map<std::string, std::string> labels;
    std::string stop_signal;
    bool args_escaped = false;
    std::optional<health_check> healthcheck;
    std::vector<std::string> on_build;
    std::vector<std::string> shell;  ///< empty means the default shell
    boost::json::object others;      ///< members this version does not know; kept
};

/// One line of an image's history.
struct history_entry
{
    std::optional<time_point> created;
    std::string author;
    std::string created_by;
    std::string comment;
    bool empty_layer = false;
};

/// The document whose digest is the image id.
struct image_config
{
    std::optional<time_point> created;
    std::string author;
    acrx::platform platform;
    run_config config;
    std::vector<digest> diff_ids;  ///< one a layer, base first
    std::vector<history_entry> history;
    boost::json::object others;  ///< members this version does not know; kept
};

/// @throws error (`errc::damaged`); members that are null count as absent
ACRX_DECL image_config parse_image_config(std::string_view bytes);
/// Compact JSON; empty members are left out, `rootfs` and `config.Env` are always there.
ACRX_DECL std::string to_json_text(image_config const& config);

/// The value of `name` in `K=V` entries; nothing if it is not there.
ACRX_DECL std::optional<std::string> find_env(std::vector<std::string> const& env, std::string_view name);
/// Replaces the value in place, or appends.
ACRX_DECL void set_env(std::vector<std::string>& env, std::string_view name, std::string_view value);

/// Names a stack of layers: chain(1) = diff(1), chain(n) = sha256(chain(n-1) + " " + diff(n)).
/// @param parent  the chain below; empty for the first layer
ACRX_DECL digest chain_id(digest const& parent, digest const& diff_id);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/image/impl/image_config.ipp>
#endif
#endif
