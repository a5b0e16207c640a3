// Bodies of identity/local_secrets.hpp.
#ifndef ACRX_IDENTITY_IMPL_LOCAL_SECRETS_IPP
#define ACRX_IDENTITY_IMPL_LOCAL_SECRETS_IPP
#include <acrx/core/error.hpp>
#include <acrx/identity/local_secrets.hpp>
#include <acrx/io/files.hpp>

#include <cstdlib>
#include <string_view>

namespace acrx {
ACRX_DECL net::awaitable<std::string> local_secrets::resolve(secret_reference reference)
{
    std::string_view const where = reference.where;
    if (where.starts_with("env:")) {
        auto const name = std::string(where.substr(4));
        if (char const* value = std::getenv(name.c_str()))
            co_return value;
        throw error(errc::not_found, "reading the secret " + reference.where, "Set the environment variable " + name + '.');
    }
    if (where.starts_with("file:")) {
        auto value = read_file_if_exists(std::string(where.substr(5)), max_size);
        if (!value)
            throw error(errc::not_found, "reading the secret " + reference.where, "There is no such file.");
        if (value->ends_with('\n'))
            value->pop_back();
        co_return std::move(*value);
    }
    throw error(errc::not_supported, "reading the secret " + reference.where,
                "This command knows env:NAME and file:PATH, and --set-secret ID=VALUE gives a secret as it is.");
}
}  // namespace acrx
#endif
