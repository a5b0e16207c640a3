// The files of a commit that a mirror holds, in a folder: submodules and large files too.
#ifndef ACRX_CONTEXT_DETAIL_GIT_CHECKOUT_HPP
#define ACRX_CONTEXT_DETAIL_GIT_CHECKOUT_HPP

#include <acrx/context/detail/git_command.hpp>
#include <acrx/core/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace acrx::detail {
/// What is to be checked out.
struct checkout_request
{
    std::filesystem::path mirror;  ///< holds the commit
    std::string commit;
    std::string remote;  ///< relative URLs of submodules count from here
    bool submodules = true;
    bool keep_git_folder = false;
    bool commit_times = false;
    std::function<void(std::string const&)> warn;
};

/// Makes the folder `tree` and puts the files of a commit there.
ACRX_DECL net::awaitable<void> check_out(git_command git, checkout_request request, std::filesystem::path tree);

/// The folder of a checked-out tree that a location names, links resolved inside the tree.
/// @throws error (`errc::outside_root`) if it leaves the tree, (`errc::not_found`), (`errc::invalid_argument`) for a file
ACRX_DECL std::filesystem::path folder_in_tree(std::filesystem::path const& tree, std::string_view folder,
                                               std::string const& doing);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/git_checkout.ipp>
#endif
#endif
