// A build context as one stream of bytes: the tar of a folder without what its ignore rules leave out, or an archive.
#ifndef ACRX_REMOTE_CONTEXT_PARCEL_HPP
#define ACRX_REMOTE_CONTEXT_PARCEL_HPP

#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/byte_source.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// A file that is sent although the folder does not hold it.
struct added_file
{
    std::string name;  ///< from the root of the context
    std::string text;
};

/// What is sent as a context. The same files give the same bytes, whoever reads them, as often as they are read.
struct context_parcel
{
    std::filesystem::path root = {};      ///< a folder; or an archive, which is sent as it is; empty for neither
    ignore_rules rules = {};              ///< of the folder
    std::vector<std::string> kept = {};   ///< files of the folder that are sent whatever the rules say, where they are there
    std::vector<added_file> added = {};

    /// Whether there is anything to send.
    bool empty() const { return root.empty() && added.empty(); }
};

/// The parcel of a folder whose Dockerfile is `dockerfile`: the rules are those of `find_ignore_rules`; the Dockerfile
/// and the files with rules are kept, as whoever builds applies them again.
/// @param dockerfile  a file of the folder, counted from it; empty for `Dockerfile`
/// @param kept        further files of the folder to keep
/// @throws error if the rules are malformed
ACRX_DECL context_parcel parcel_of_folder(std::filesystem::path root, std::string const& dockerfile,
                                          std::vector<std::string> kept = {});

/// Begins to read a parcel. Names are sorted, owners are 0:0, modes and times are kept; what is neither file, folder nor
/// link is left out.
/// @return a source that throws error (`errc::damaged`) if a file changes while it is read
/// @throws error if the folder cannot be read
ACRX_DECL byte_source open_parcel(context_parcel const& parcel);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/remote/impl/context_parcel.ipp>
#endif
#endif
