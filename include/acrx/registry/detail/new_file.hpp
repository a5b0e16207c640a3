// A file that is being written under a temporary name and gets its own by rename, or is removed.
#ifndef ACRX_REGISTRY_DETAIL_NEW_FILE_HPP
#define ACRX_REGISTRY_DETAIL_NEW_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/io/unique_fd.hpp>

#include <cstddef>
#include <filesystem>
#include <span>

namespace acrx::detail {
/// Owns the file and its temporary name until `publish`. A full disk is an error with advice.
class new_file
{
public:
    /// Makes the file; it is an error if the name is taken.
    explicit ACRX_DECL new_file(std::filesystem::path temporary);
    /// Takes over a file that is complete.
    static ACRX_DECL new_file adopt(std::filesystem::path complete);

    new_file(new_file&&) = delete;
    new_file& operator=(new_file&&) = delete;
    ACRX_DECL ~new_file();

    ACRX_DECL void write(std::span<std::byte const> bytes);
    /// Waits until the disk has the contents, then renames the file; it replaces what had the name.
    ACRX_DECL void publish(std::filesystem::path const& name);
    int descriptor() const noexcept { return file_.get(); }

private:
    ACRX_DECL new_file(std::filesystem::path path, int flags);

    std::filesystem::path path_;
    unique_fd file_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/registry/impl/new_file.ipp>
#endif
#endif
