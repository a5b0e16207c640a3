// Options once all that they say of each other is settled.
#ifndef ACRX_CLI_DETAIL_SETTLED_OPTIONS_HPP
#define ACRX_CLI_DETAIL_SETTLED_OPTIONS_HPP

#include <acrx/build/state_folder.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/scratch_folder.hpp>

#include <unistd.h>

#include <array>
#include <cstddef>
#include <string>

namespace acrx::cli::detail {
/// All of standard input. @throws error (`errc::invalid_argument`) if that is longer than any Dockerfile or task file
inline std::string read_standard_input()
{
    constexpr std::size_t limit = std::size_t{16} << 20;
    std::string text;
    std::array<char, 65536> buffer;
    while (auto const size = ::read(STDIN_FILENO, buffer.data(), buffer.size())) {
        if (size < 0)
            throw_file_errno("reading standard input");
        text.append(buffer.data(), static_cast<std::size_t>(size));
        if (text.size() > limit)
            throw error(errc::invalid_argument, "standard input is too long: more than 16 MiB");
    }
    return text;
}

/// With `-f -`, keeps what comes on standard input in a file as long as this lives. Outputs that trust their registries
/// have said so where all registries are looked up.
class settled_options
{
public:
    settled_options(build_options const& given, state_folder const& state)
        : options_(given), folder_(state.temporary(), "input")
    {
        for (auto const& output : given.outputs)
            if (output.is_insecure)
                trust_registries_of(output);
        if (given.file != "-")
            return;
        if (given.context == "-")
            throw usage_error("standard input cannot be both the context and the Dockerfile", "Name one of them.");
        auto const text = read_standard_input();
        options_.file = folder_.get() / "Dockerfile";
        options_.file_was_input = true;
        write_file(options_.file, text);
    }

    build_options const& get() const noexcept { return options_; }

private:
    /// `registry.insecure=true`: those of the output's names, or of all if it has none.
    void trust_registries_of(build_output const& output)
    {
        auto names = output.names.empty() ? options_.images : output.names;
        for (auto& name : names)
            name = fill_in_run_id(name, "run");
        for (auto const& name : resolve_names(names, registry_host(options_.registry)).push_to)
            options_.insecure_registries.push_back(name.domain);
    }

    build_options options_;
    scratch_folder folder_;
};
}  // namespace acrx::cli::detail
#endif
