// Keeps the pieces of contexts that clients have sent, so that the next one sends little.
#ifndef ACRX_SERVER_PIECE_STORE_HPP
#define ACRX_SERVER_PIECE_STORE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acrx {
/// One file a piece, named by its digest, below one folder. Whoever may run, runs on the same pieces. The pieces used
/// longest ago go when all of them together pass the budget. See `piece_list.hpp` for what travels.
///
/// Copies share one state. Files are read and written on a thread of its own, one call after the other.
/// @par Thread safety  shared objects: safe
class piece_store
{
public:
    /// @param folder  made when it is needed @param budget  bytes
    ACRX_DECL piece_store(std::filesystem::path folder, std::uint64_t budget);

    /// Those that are not here. What is here counts as used.
    /// @param are_sections  a section is here if all that it names is
    ACRX_DECL net::awaitable<std::vector<sha256_bytes>> missing(std::vector<sha256_bytes> digests, bool are_sections) const;
    /// Keeps the pieces of a batch under the digests that they have. @throws error (`errc::damaged`)
    ACRX_DECL net::awaitable<void> add(std::string batch) const;
    /// Writes the file that some sections describe, which appears when it is whole; each piece is checked.
    /// @param limit  bytes of it @return its size; nothing if a piece is not here, or no longer what it was
    /// @throws error (`errc::invalid_argument`) past the limit
    ACRX_DECL net::awaitable<std::optional<std::uint64_t>> compose(std::vector<sha256_bytes> sections, std::filesystem::path into,
                                                                   std::uint64_t limit) const;

    /// Bytes of all pieces. Counted once, then kept in mind.
    ACRX_DECL net::awaitable<std::uint64_t> size() const;

private:
    struct state;
    std::shared_ptr<state> state_;
    std::shared_ptr<net::thread_pool> thread_;  ///< joined before the state goes
};
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/server/impl/piece_store.ipp>
#endif
#endif
