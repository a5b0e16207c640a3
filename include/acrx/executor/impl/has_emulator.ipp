// Body of executor/has_emulator.hpp.
#ifndef ACRX_EXECUTOR_IMPL_HAS_EMULATOR_IPP
#define ACRX_EXECUTOR_IMPL_HAS_EMULATOR_IPP
#include <acrx/executor/has_emulator.hpp>
#include <acrx/io/files.hpp>

#include <string_view>
#include <utility>

namespace acrx {
ACRX_DECL bool has_emulator(platform const& wanted, std::filesystem::path const& registered)
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"amd64", "x86_64"},     {"386", "i386"},       {"arm64", "aarch64"},    {"arm", "arm"},        {"ppc64le", "ppc64le"},
        {"s390x", "s390x"},      {"riscv64", "riscv64"}, {"mips64le", "mips64el"}, {"loong64", "loongarch64"},
    };
    for (auto const& [architecture, name] : names)
        if (architecture == wanted.architecture)
            return read_file_if_exists(registered / ("qemu-" + std::string(name)), 4096).value_or("").starts_with("enabled");
    return false;
}
}  // namespace acrx
#endif
