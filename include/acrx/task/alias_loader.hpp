// Where files of aliases come from: the concept, and its models.
#ifndef ACRX_TASK_ALIAS_LOADER_HPP
#define ACRX_TASK_ALIAS_LOADER_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/core/config.hpp>
#include <acrx/http/client.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace acrx {
/// A type that fetches the text behind one entry of an alias block's `src`.
///
/// | for `L loader`, `std::string where` | is                          | means                   |
/// |-------------------------------------|-----------------------------|-------------------------|
/// | `loader.load(where)`                | an `awaitable<std::string>` | the text of that source |
///
/// `load` may be called again, also for the same source, and throws `error` if it is not to be had.
/// @see alias_files, no_alias_files
template<class L>
concept alias_loader = std::movable<L> && requires(L loader, std::string where) {
    { loader.load(where) } -> awaits_to<std::string>;
};

/// Refuses all sources.
class no_alias_files
{
public:
    /// @throws error (`errc::denied`), always
    ACRX_DECL net::awaitable<std::string> load(std::string where);
};
static_assert(alias_loader<no_alias_files>);

/// Fetches http and https URLs, and reads files of one folder.
class alias_files
{
public:
    static constexpr std::size_t max_size = std::size_t{1} << 20;  ///< bytes of one source

    /// @param folder  paths begin there and cannot leave it; nothing: there are no files
    /// @param limit   of time for one URL
    explicit alias_files(std::optional<std::filesystem::path> folder, http_client client = http_client(),
                         std::chrono::milliseconds limit = std::chrono::seconds(2))
        : folder_(std::move(folder)), client_(std::move(client)), limit_(limit)
    {}

    /// @throws error naming the source; with the server's words if it answers with something else than 200 to 299
    ACRX_DECL net::awaitable<std::string> load(std::string where);

private:
    ACRX_DECL net::awaitable<std::string> fetch(std::string where);
    ACRX_DECL std::string read(std::string const& where) const;

    std::optional<std::filesystem::path> folder_;
    http_client client_;
    std::chrono::milliseconds limit_;
};
static_assert(alias_loader<alias_files>);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/alias_loader.ipp>
#endif
#endif
