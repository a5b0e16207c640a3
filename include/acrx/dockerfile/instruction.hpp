// The second layer of a Dockerfile: instructions with names and types; values stand unexpanded, as written.
#ifndef ACRX_DOCKERFILE_INSTRUCTION_HPP
#define ACRX_DOCKERFILE_INSTRUCTION_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/mount.hpp>
#include <acrx/dockerfile/source_span.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace acrx::dockerfile {
/// `FROM [--platform=P] IMAGE [AS NAME]`
struct from
{
    std::string image;
    std::string stage_name;          ///< lower case; empty if there is none
    std::string stage_name_as_written;
    std::string as_keyword;          ///< `AS` as written; empty if there is none
    std::string platform;            ///< empty if there is none
};

/// `ARG NAME[=DEFAULT]...`
struct arg
{
    struct declaration
    {
        std::string name;
        std::optional<std::string> value;  ///< quotes as written; absent is not empty
    };
    std::vector<declaration> declarations;
};

/// One `NAME=VALUE` of ENV or LABEL, quotes as written.
struct name_value
{
    std::string name;
    std::string value;
    bool legacy = false;  ///< written as `NAME VALUE`
};

/// `ENV NAME=VALUE...`
struct env
{
    std::vector<name_value> variables;
};

/// `LABEL NAME=VALUE...`
struct label
{
    std::vector<name_value> labels;
};

/// What RUN, CMD, ENTRYPOINT and HEALTHCHECK start.
struct command_line
{
    std::vector<std::string> words;  ///< shell form: one text, or none if nothing is written
    bool shell_form = true;          ///< the shell is to be put before `words`
};

/// `RUN [flags] COMMAND`
struct run
{
    command_line command;
    std::vector<heredoc> heredocs;
    std::vector<mount> mounts;
    std::string network = "default";    ///< `default`, `none` or `host`
    std::string security = "sandbox";   ///< `sandbox` or `insecure`
    std::vector<std::string> devices;   ///< as written
};

/// What COPY and ADD share.
struct file_transfer
{
    std::vector<std::string> sources;  ///< without the heredocs
    std::vector<heredoc> heredocs;     ///< sources that stand in the Dockerfile, in order
    std::string destination;
    std::string chown;                 ///< empty if not given
    std::string chmod;                 ///< empty if not given
    bool link = false;
    bool parents = false;              ///< COPY only
    std::vector<std::string> excludes;
};

/// `COPY [flags] SOURCE... DESTINATION`
struct copy
{
    file_transfer files;
    std::string from;  ///< stage, number, named context or image; empty is the main context
};

/// `ADD [flags] SOURCE... DESTINATION`
struct add
{
    file_transfer files;
    std::string checksum;  ///< empty if not given
    std::optional<bool> keep_git_dir;
    std::optional<bool> unpack;
};

/// `WORKDIR PATH`
struct workdir
{
    std::string path;
};

/// `USER NAME[:GROUP]`
struct user
{
    std::string name;
};

/// `EXPOSE PORT...`
struct expose
{
    std::vector<std::string> ports;
};

/// `VOLUME PATH...`
struct volume
{
    std::vector<std::string> paths;
};

/// `ENTRYPOINT COMMAND`
struct entrypoint
{
    command_line command;
};

/// `CMD COMMAND`
struct cmd
{
    command_line command;
};

/// `SHELL ["PROGRAM", "OPTION"...]`
struct shell
{
    std::vector<std::string> words;
};

/// `STOPSIGNAL SIGNAL`
struct stopsignal
{
    std::string signal;
};

/// `HEALTHCHECK NONE` or `HEALTHCHECK [flags] CMD COMMAND`; zero means "as in the base image".
struct healthcheck
{
    std::vector<std::string> test;  ///< as the image config stores it: `NONE`, `CMD` ..., or `CMD-SHELL` and the text
    std::chrono::nanoseconds interval{0};
    std::chrono::nanoseconds timeout{0};
    std::chrono::nanoseconds start_period{0};
    std::chrono::nanoseconds start_interval{0};
    int retries = 0;
};

/// `ONBUILD INSTRUCTION`
struct onbuild
{
    std::string trigger;  ///< the instruction exactly as written, heredoc bodies included
};

/// `MAINTAINER NAME`
struct maintainer
{
    std::string name;
};

using any_instruction = std::variant<from, arg, env, label, run, copy, add, workdir, user, expose, volume, entrypoint,
                                     cmd, shell, stopsignal, healthcheck, onbuild, maintainer>;

/// One instruction and where it comes from.
struct instruction
{
    source_span where;
    std::string keyword;   ///< as written
    std::string original;  ///< the joined lines, from the keyword to the end
    any_instruction what;
    std::vector<std::string> comments = {};  ///< the comment lines directly above, without `#`
};

/// The keyword of an instruction in upper case, e.g. `COPY`.
ACRX_DECL std::string_view keyword_of(any_instruction const& what) noexcept;

/// Gives an instruction its meaning.
/// @throws parse_error (`errc::invalid_instruction`)
ACRX_DECL instruction to_instruction(syntax_node const& node);

/// Reads a trigger that ONBUILD left in the config of a base image.
/// @throws parse_error, also for triggers that ONBUILD does not allow
ACRX_DECL instruction parse_onbuild_trigger(std::string_view text, char escape = '\\');
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/instruction.ipp>
#endif
#endif
