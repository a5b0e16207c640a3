// The text of a build step, read: the options of `docker build` and the context.
#ifndef ACRX_TASK_BUILD_COMMAND_HPP
#define ACRX_TASK_BUILD_COMMAND_HPP

#include <acrx/core/config.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// `build: -t NAME -f FILE ... CONTEXT`. Values of options are as written; a repeated option with one value, its last.
struct build_command
{
    std::string context = ".";      ///< a location
    std::vector<std::string> tags;  ///< of `-t`, `--tag`, `--image`
    std::string file;               ///< of `-f`, `--file`; empty: the Dockerfile of the context
    std::string target;
    std::vector<std::string> build_args;      ///< `K=V`, or `K` for the value in the environment of the step
    std::vector<std::string> build_contexts;  ///< `NAME=LOCATION`
    std::vector<std::string> platforms;       ///< `--platform`, split at commas
    std::vector<std::string> labels;          ///< `K=V`
    std::vector<std::string> annotations;
    std::vector<std::string> secrets;  ///< `id=ID[,src=FILE|,env=NAME]`
    std::vector<std::string> ssh;      ///< `ID[=SOCKET|KEY]`
    std::vector<std::string> cache_from;
    std::vector<std::string> cache_to;
    std::vector<std::string> outputs;           ///< of `-o`, `--output`
    std::vector<std::string> add_hosts;         ///< `NAME:IP`
    std::vector<std::string> ulimits;           ///< `NAME=SOFT[:HARD]`
    std::vector<std::string> entitlements;      ///< of `--allow`
    std::vector<std::string> security_options;  ///< of `--security-opt`
    std::vector<std::string> attestations;      ///< of `--attest`
    std::vector<std::string> no_cache_filters;  ///< names of stages, split at commas
    std::string provenance;                     ///< empty if not given; the option alone is `true`
    std::string sbom;                           ///< the same
    std::string network;                        ///< empty if not given
    std::string shm_size;
    std::string cgroup_parent;
    std::string memory;
    std::string cpus;  ///< of `--cpus`
    std::string progress;
    std::string iidfile;  ///< where the image's digest goes
    std::string metadata_file;
    bool no_cache = false;
    bool pull = false;
    bool push = false;
    bool quiet = false;
    bool check = false;
    bool squash = false;
    std::vector<std::string> ignored;  ///< options that change nothing here, e.g. `--force-rm`

    bool operator==(build_command const&) const = default;
};

/// Reads the text of a build step: shell words, line feeds as blanks, options and context in any order.
/// @throws error (`errc::invalid_argument`, `errc::not_supported`, `errc::syntax`) quoting the word
ACRX_DECL build_command parse_build_command(std::string_view text);

/// The build arguments by name; one without a value takes that of `env` (`K=V` items), and is left out if it has none.
ACRX_DECL std::map<std::string, std::string> build_arguments(build_command const& command,
                                                             std::span<std::string const> env);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/task/impl/build_command.ipp>
#endif
#endif
