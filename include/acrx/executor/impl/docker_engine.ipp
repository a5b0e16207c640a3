// Bodies of executor/docker_engine.hpp.
#ifndef ACRX_EXECUTOR_IMPL_DOCKER_ENGINE_IPP
#define ACRX_EXECUTOR_IMPL_DOCKER_ENGINE_IPP
#include <acrx/core/base64.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/executor/detail/docker_container.hpp>
#include <acrx/executor/detail/firewall.hpp>
#include <acrx/executor/detail/followed_container.hpp>
#include <acrx/executor/detail/ipv6_subnet.hpp>
#include <acrx/executor/detail/network_namespace.hpp>
#include <acrx/executor/detail/run_networks.hpp>
#include <acrx/executor/detail/unstoppable.hpp>
#include <acrx/executor/docker_engine.hpp>
#include <acrx/io/files.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <system_error>
#include <utility>

namespace acrx {
ACRX_DECL std::filesystem::path default_docker_socket()
{
    auto const* const given = std::getenv("DOCKER_HOST");
    if (std::string_view const host = given == nullptr ? "" : given; host.starts_with("unix://"))
        return host.substr(7);
    std::error_code missing;
    for (auto const* path : {"/run/docker.sock", "/run/podman/podman.sock"})
        if (std::filesystem::exists(path, missing))
            return path;
    return "/run/docker.sock";
}

namespace detail {
inline docker_call docker_post(std::string path, std::string doing, boost::json::object const& body)
{
    docker_call call;
    call.method = "POST";
    call.path = std::move(path);
    call.body = boost::json::serialize(body);
    call.doing = std::move(doing);
    return call;
}

inline docker_call docker_plain(std::string method, std::string path, std::string doing)
{
    docker_call call;
    call.method = std::move(method);
    call.path = std::move(path);
    call.doing = std::move(doing);
    return call;
}

inline std::string docker_text(boost::json::value const& value, std::string const& pointer)
{
    error_code missing;
    auto const* const found = value.find_pointer(pointer, missing);
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

/// The answer of ImageInspect as the OCI specification writes it; the member `config` has the same form in both.
inline image_config image_config_of(boost::json::value const& image)
{
    auto const part = [&](char const* pointer) {
        error_code missing;
        auto const* const value = image.find_pointer(pointer, missing);
        return value == nullptr ? boost::json::value() : *value;
    };
    boost::json::object const config{{"architecture", part("/Architecture")},
                                     {"os", part("/Os")},
                                     {"config", part("/Config")},
                                     {"rootfs", {{"type", "layers"}, {"diff_ids", part("/RootFS/Layers")}}}};
    return parse_image_config(boost::json::serialize(config));
}

/// What a shell would say of a program that the engine could not start; 0 if it was something else.
inline int refused_status(std::string const& words)
{
    auto const says = [&](std::string_view part) { return words.find(part) != words.npos; };
    if (says("exec") && says("ermission denied"))
        return 126;
    return says("executable file") || says("o such file or directory") || says("command that was not found") ? 127 : 0;
}
}  // namespace detail

ACRX_DECL docker_engine::docker_engine(std::filesystem::path state, std::filesystem::path socket,
                                       std::optional<metadata_service> metadata)
    : step_table(std::filesystem::absolute(state) / "runs"), state_(std::filesystem::absolute(state)),
      engine_(socket.empty() ? default_docker_socket() : std::move(socket)), metadata_(std::move(metadata))
{
    std::filesystem::create_directories(state_ / "docker");
}

ACRX_DECL net::awaitable<void> docker_engine::submit(step_spec spec, step_key key)
{
    if (metadata_ && spec.network == network_mode::host)
        throw error(errc::not_supported, "running the step " + key + " in the network of this machine",
                    "A Docker engine cannot keep it from the metadata service of this machine: use another network.");
    auto folder = claim(key);
    if (!folder)
        co_return;
    auto const claimed = folder->path();
    auto const network = served_.find({detail::run_of(key), spec.network_name});
    if (spec.network == network_mode::joined && network != served_.end())
        add_identity_variables(spec.env, *metadata_, network->second.origin());
    std::exception_ptr failure;
    try {
        co_await create(spec, key, std::move(*folder));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        bool const throws = co_await net::this_coro::throw_if_cancelled();
        co_await net::this_coro::throw_if_cancelled(false);
        try {
            auto removal = remove_labelled(std::string(detail::docker_step_label) + "=" + key);
            co_await detail::unstoppable(std::move(removal));
        } catch (...) {  // the first failure says more
        }
        co_await net::this_coro::throw_if_cancelled(throws);
        give_up(claimed);
        std::rethrow_exception(failure);
    }
}

inline net::awaitable<void> docker_engine::create(step_spec const& spec, step_key const& key, detail::step_folder folder)
{
    detail::created_container container{engine_, {}, spec.timeout, {}};
    auto const body = detail::docker_container(spec, key, state_, container.secrets);
    auto making = detail::docker_post("/containers/create?name=" + detail::docker_name(key), "creating the step " + key,
                                      body);
    auto const made = co_await engine_.ask(std::move(making));
    container.id = detail::docker_text(made, "/Id");
    if (container.id.empty())
        throw error(errc::protocol, "creating the step " + key + ": the Docker engine gave no id");
    std::string refusal;
    int code = 0;
    try {
        auto const path = "/containers/" + container.id;
        auto attaching = detail::docker_plain("POST", path + "/attach?stream=1&stdout=1&stderr=1", "starting the step " + key);
        container.output = co_await engine_.open(std::move(attaching));
        auto starting = detail::docker_plain("POST", path + "/start", "starting the step " + key);
        co_await engine_.ask(std::move(starting));
    } catch (error const& e) {
        code = detail::refused_status(e.text());
        if (code == 0)
            throw;
        refusal = e.doing() + "\n";
    }
    auto const host = co_await net::this_coro::executor;
    auto followed = std::make_shared<detail::followed_container>(host, std::move(folder), std::move(container));
    adopt(key, followed);
    // Owned by the table; it throws nothing.
    net::co_spawn(host, detail::followed_container::follow(followed, std::move(refusal), code), net::detached);
}

ACRX_DECL net::awaitable<void> docker_engine::make_network(std::string run, network_spec network)
{
    auto const name = detail::docker_network_name(run, network.name);
    if (metadata_ && !network.driver.empty() && network.driver != "bridge")
        throw error(errc::not_supported, "making the network " + network.name + " with the driver " + network.driver,
                    "Use the driver `bridge`: of others, nothing keeps steps from the metadata service of this machine.");
    if (!runs_.contains(run)) {
        auto lock = file_lock::try_lock(state_ / "docker" / run);
        if (!lock)
            throw error(errc::invalid_argument, "making networks for the run " + run + ", which another process has");
        runs_.emplace(run, std::move(*lock));
    }
    boost::json::object labels{{detail::docker_run_label, run}, {detail::docker_state_label, state_.string()}};
    if (metadata_)
        labels[detail::docker_closed_label] = "closed";
    boost::json::object body{{"Name", name},
                             {"CheckDuplicate", true},
                             {"Driver", network.driver.empty() ? "bridge" : network.driver},
                             {"EnableIPv6", network.ipv6},
                             {"Labels", std::move(labels)}};
    if (network.ipv6) {  // older engines choose none by themselves
        auto const number = static_cast<std::uint32_t>(std::stoul(std::string(digest_of(name).encoded().substr(0, 6)), nullptr, 16));
        boost::json::object const range{{"Subnet", detail::ipv6_subnet(number).to_string()}};
        body["IPAM"] = {{"Config", boost::json::array{range}}};
    }
    auto making = detail::docker_post("/networks/create", "making the network " + network.name, body);
    co_await engine_.ask_unless(std::move(making), 409);
    if (metadata_ && !served_.contains({run, network.name}))
        co_await serve_metadata(std::move(run), std::move(network.name));
}

/// Closes the way to the machine's metadata service before there are containers, then opens ours at the gateway.
inline net::awaitable<void> docker_engine::serve_metadata(std::string run, std::string network)
{
    auto looking = detail::docker_plain("GET", "/networks/" + detail::docker_network_name(run, network),
                                        "looking at the network " + network);
    auto const made = co_await engine_.ask(std::move(looking));
    auto const subnets = detail::docker_subnets_of(made);
    error_code failed;
    auto const gateway = net::ip::make_address_v4(subnets.gateway, failed);
    if (subnets.all.empty() || failed)
        throw error(errc::not_supported, "serving the network " + network + ", which has no gateway");
    for (auto const& subnet : subnets.all)
        co_await detail::close_metadata(subnet);
    auto const executor = co_await net::this_coro::executor;
    served_.try_emplace({std::move(run), std::move(network)}, executor, detail::listen_at(gateway, 0), *metadata_);
}

inline net::awaitable<void> docker_engine::end_metadata(std::string run)
{
    for (auto at = served_.begin(); at != served_.end();) {
        if (at->first.first == run) {
            co_await at->second.close();
            at = served_.erase(at);
        } else {
            ++at;
        }
    }
}

ACRX_DECL net::awaitable<std::vector<published_port>> docker_engine::published_ports(step_key key)
{
    auto const path = "/containers/" + detail::docker_name(key) + "/json";
    auto looking = detail::docker_plain("GET", path, "looking at the step " + key);
    auto const container = co_await engine_.ask_unless(std::move(looking), 404);
    co_return detail::docker_ports(container);
}

/// Containers, then networks, of this state folder that have a label.
inline net::awaitable<void> docker_engine::remove_labelled(std::string label)
{
    auto const filters = detail::docker_filters(label);
    for (std::string const kind : {"containers", "networks"}) {
        auto const path = kind == "containers" ? "/containers/json?all=1&filters=" : "/networks?filters=";
        auto listing = detail::docker_plain("GET", path + filters, "listing " + kind);
        auto const found = co_await engine_.ask(std::move(listing));
        if (!found.is_array())
            continue;
        for (auto const& one : found.as_array()) {
            if (detail::docker_text(one, std::string("/Labels/") + detail::docker_state_label) != state_.string())
                continue;
            auto const id = detail::docker_text(one, "/Id");
            auto const how = kind == "containers" ? "?force=1&v=1" : "";
            auto removal = detail::docker_plain("DELETE", "/" + kind + "/" + id + how, "removing " + kind);
            co_await engine_.ask_unless(std::move(removal), 404);
            if (detail::docker_text(one, std::string("/Labels/") + detail::docker_closed_label).empty())
                continue;
            auto const subnets = detail::docker_subnets_of(one);
            for (auto const& subnet : subnets.all)
                co_await detail::open_metadata(subnet);
        }
    }
}

inline net::awaitable<void> docker_engine::end_run_now(std::string run)
{
    co_await kill_run(run);
    co_await end_metadata(run);
    co_await remove_labelled(std::string(detail::docker_run_label) + "=" + run);
    runs_.erase(run);
    std::error_code gone;
    std::filesystem::remove(state_ / "docker" / run, gone);
}

ACRX_DECL net::awaitable<void> docker_engine::end_run(std::string run)
{
    auto ending = end_run_now(std::move(run));
    co_await detail::unstoppable(std::move(ending));
}

ACRX_DECL net::awaitable<std::vector<step_key>> docker_engine::reap()
{
    auto lost = reap_lost();
    detail::docker_secrets::reap();
    for (auto const& key : lost)
        co_await remove_labelled(std::string(detail::docker_step_label) + "=" + key);
    std::vector<std::string> dead;
    for (auto const& entry : std::filesystem::directory_iterator(state_ / "docker"))
        if (auto const run = entry.path().filename().string(); !runs_.contains(run))
            dead.push_back(run);
    for (auto const& run : dead) {
        auto const lock = file_lock::try_lock(state_ / "docker" / run);
        if (!lock)
            continue;
        co_await remove_labelled(std::string(detail::docker_run_label) + "=" + run);
        std::error_code gone;
        std::filesystem::remove(state_ / "docker" / run, gone);
    }
    co_return lost;
}

ACRX_DECL net::awaitable<std::string> docker_engine::version()
{
    return engine_.version();
}

ACRX_DECL net::awaitable<void> docker_engine::pull(std::string reference, std::optional<credential> login)
{
    auto call = detail::docker_plain("POST", "/images/create?fromImage=" + percent_encode(reference),
                                     "pulling " + reference);
    auto const last = reference.substr(reference.rfind('/') + 1);
    if (last.find(':') == last.npos && last.find('@') == last.npos)
        call.path += "&tag=latest";  // or the engine pulls all tags
    if (login && !login->is_anonymous()) {
        boost::json::object const words{{"username", login->user},
                                        {"password", login->secret},
                                        {"identitytoken", login->identity_token},
                                        {"registrytoken", login->registry_token}};
        auto text = to_base64(boost::json::serialize(words));
        std::replace(text.begin(), text.end(), '+', '-');
        std::replace(text.begin(), text.end(), '/', '_');
        call.headers.set("X-Registry-Auth", text);
    }
    co_await engine_.follow_progress(std::move(call));
}

ACRX_DECL net::awaitable<std::string> docker_engine::load(std::filesystem::path archive)
{
    std::error_code missing;
    auto const size = std::filesystem::file_size(archive, missing);
    if (missing)
        throw error(errc::not_found, "reading the image archive " + archive.string());
    auto call = detail::docker_plain("POST", "/images/load?quiet=1", "loading the image archive " + archive.string());
    call.body = file_slice{archive, 0, size};
    auto said = co_await engine_.follow_progress(std::move(call));
    co_return said;
}

ACRX_DECL net::awaitable<bool> docker_engine::has_image(std::string name)
{
    auto const found = co_await find_image(std::move(name));
    co_return found.has_value();
}

ACRX_DECL net::awaitable<std::optional<image_config>> docker_engine::find_image(std::string reference)
{
    auto call = detail::docker_plain("GET", "/images/" + reference + "/json", "looking at the image " + reference);
    auto const found = co_await engine_.ask_unless(std::move(call), 404);
    if (!found.is_object())
        co_return std::nullopt;
    co_return detail::image_config_of(found);
}
}  // namespace acrx
#endif
