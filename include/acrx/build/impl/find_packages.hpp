// Bodies of build/find_packages.hpp.
#ifndef ACRX_BUILD_IMPL_FIND_PACKAGES_HPP
#define ACRX_BUILD_IMPL_FIND_PACKAGES_HPP
#include <acrx/build/find_packages.hpp>
#include <acrx/build/software_package.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/snapshot/read_layer_files.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>

namespace acrx {
template<registry_client Registry>
net::awaitable<std::map<std::string, std::string>> find_package_files(basic_layer_store<Registry>& layers,
                                                                      std::vector<layer_ref> stack,
                                                                      net::any_io_executor pool)
{
    constexpr std::uint64_t limit = std::uint64_t(64) << 20;
    auto const view = co_await layers.view_of(stack);
    auto const form = co_await layers.form_of(stack);
    auto const prefix = form == layer_form::plain ? std::string() : std::string(root_folder(form)) + "/";
    std::map<std::size_t, std::set<std::string>> wanted;  // by layer
    for (auto const& found : view.below(""))
        if (found.entry->type == entry_type::regular && tells_of_packages(found.entry->path))
            wanted[found.layer].insert(prefix + found.entry->path);
    std::map<std::string, std::string> files;
    for (auto const& of_layer : wanted) {
        auto const layer = stack.at(of_layer.first);
        co_await layers.fetch(layer);
        auto const blob = layers.store().blob_path(layer.layer.blob.digest);
        auto read = [&](std::stop_token stop) { return read_layer_files(blob, of_layer.second, limit, stop); };
        auto found = co_await offload(pool, read);
        for (auto& [path, text] : found)
            files.emplace(path.substr(prefix.size()), std::move(text));
    }
    co_return files;
}
}  // namespace acrx
#endif
