// Bodies of registry/detail/new_file.hpp.
#ifndef ACRX_REGISTRY_IMPL_NEW_FILE_IPP
#define ACRX_REGISTRY_IMPL_NEW_FILE_IPP
#include <acrx/io/files.hpp>
#include <acrx/registry/detail/new_file.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace acrx::detail {
ACRX_DECL new_file::new_file(std::filesystem::path path, int flags)
    : path_(std::move(path)), file_(::open(path_.c_str(), flags | O_CLOEXEC, 0644))
{
    if (!file_)
        throw_file_errno("opening " + path_.string());
}

ACRX_DECL new_file::new_file(std::filesystem::path temporary)
    : new_file(std::move(temporary), O_WRONLY | O_CREAT | O_EXCL)
{}

ACRX_DECL new_file new_file::adopt(std::filesystem::path complete)
{
    return {std::move(complete), O_RDONLY};
}

ACRX_DECL new_file::~new_file()
{
    if (!path_.empty() && file_)
        ::unlink(path_.c_str());
}

ACRX_DECL void new_file::write(std::span<std::byte const> bytes)
{
    write_all(file_.get(), bytes, path_);
}

ACRX_DECL void new_file::publish(std::filesystem::path const& name)
{
    if (::fdatasync(file_.get()) != 0)
        throw_file_errno("writing " + path_.string());
    if (std::rename(path_.c_str(), name.c_str()) != 0)
        throw_file_errno("writing " + name.string());
    path_.clear();
}
}  // namespace acrx::detail
#endif
