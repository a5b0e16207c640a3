// Bodies of cli/run_id.hpp.
#ifndef ACRX_CLI_IMPL_RUN_ID_IPP
#define ACRX_CLI_IMPL_RUN_ID_IPP
#include <acrx/cli/run_id.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task/run_id.hpp>

#include <charconv>
#include <cstdint>
#include <system_error>

namespace acrx::cli {
ACRX_DECL std::string next_run_id(std::filesystem::path const& runs)
{
    std::error_code failed;
    std::filesystem::create_directories(runs, failed);
    if (failed)
        throw_errno(failed.value(), "making the folder " + runs.string());
    file_lock const alone(runs / "counter.lock");
    auto const counter = runs / "counter";
    auto const text = read_file_if_exists(counter).value_or("0");
    std::uint64_t last = 0;
    std::from_chars(text.data(), text.data() + text.size(), last);
    do
        ++last;  // a counter that a power failure set back must not name a run twice
    while (std::filesystem::exists(runs / (run_id_of(last) + ".json")));
    write_file(counter, std::to_string(last) + "\n");
    return run_id_of(last);
}
}  // namespace acrx::cli
#endif
