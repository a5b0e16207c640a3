// The rules that a Dockerfile is checked against, and what one of them finds.
#ifndef ACRX_DOCKERFILE_LINT_WARNING_HPP
#define ACRX_DOCKERFILE_LINT_WARNING_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/source_span.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace acrx::dockerfile {
/// One rule; names and texts are those of BuildKit.
enum class lint_rule
{
    stage_name_casing,
    from_as_casing,
    no_empty_continuation,
    consistent_instruction_casing,
    duplicate_stage_name,
    reserved_stage_name,
    json_args_recommended,
    maintainer_deprecated,
    undefined_arg_in_from,
    workdir_relative_path,
    undefined_var,
    multiple_instructions_disallowed,
    legacy_key_value_format,
    redundant_target_platform,
    secrets_used_in_arg_or_env,
    invalid_default_arg_in_from,
    from_platform_flag_const_disallowed,
    copy_ignored_file,
    invalid_base_image_platform,
    expose_proto_casing,
    expose_invalid_format,
    invalid_definition_description,
};

/// How a rule is called, and what it asks for.
struct lint_rule_text
{
    lint_rule rule;
    std::string_view name;
    std::string_view description;
    bool experimental = false;  ///< off unless it is asked for
};

/// All rules, in the order of `lint_rule`.
inline constexpr std::array<lint_rule_text, 22> lint_rules{{
    {lint_rule::stage_name_casing, "StageNameCasing", "Stage names should be lowercase"},
    {lint_rule::from_as_casing, "FromAsCasing", "The 'as' keyword should match the case of the 'from' keyword"},
    {lint_rule::no_empty_continuation, "NoEmptyContinuation",
     "Empty continuation lines will become errors in a future release"},
    {lint_rule::consistent_instruction_casing, "ConsistentInstructionCasing",
     "All commands within the Dockerfile should use the same casing (either upper or lower)"},
    {lint_rule::duplicate_stage_name, "DuplicateStageName", "Stage names should be unique"},
    {lint_rule::reserved_stage_name, "ReservedStageName", "Reserved words should not be used as stage names"},
    {lint_rule::json_args_recommended, "JSONArgsRecommended",
     "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals"},
    {lint_rule::maintainer_deprecated, "MaintainerDeprecated",
     "The MAINTAINER instruction is deprecated, use a label instead to define an image author"},
    {lint_rule::undefined_arg_in_from, "UndefinedArgInFrom", "FROM command must use declared ARGs"},
    {lint_rule::workdir_relative_path, "WorkdirRelativePath",
     "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base "
     "image changes"},
    {lint_rule::undefined_var, "UndefinedVar", "Variables should be defined before their use"},
    {lint_rule::multiple_instructions_disallowed, "MultipleInstructionsDisallowed",
     "Multiple instructions of the same type should not be used in the same stage"},
    {lint_rule::legacy_key_value_format, "LegacyKeyValueFormat",
     "Legacy key/value format with whitespace separator should not be used"},
    {lint_rule::redundant_target_platform, "RedundantTargetPlatform",
     "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior"},
    {lint_rule::secrets_used_in_arg_or_env, "SecretsUsedInArgOrEnv",
     "Sensitive data should not be used in the ARG or ENV commands"},
    {lint_rule::invalid_default_arg_in_from, "InvalidDefaultArgInFrom",
     "Default value for global ARG results in an empty or invalid base image name"},
    {lint_rule::from_platform_flag_const_disallowed, "FromPlatformFlagConstDisallowed",
     "FROM --platform flag should not use a constant value"},
    {lint_rule::copy_ignored_file, "CopyIgnoredFile", "Attempting to Copy file that is excluded by .dockerignore"},
    {lint_rule::invalid_base_image_platform, "InvalidBaseImagePlatform",
     "Base image platform does not match expected target platform"},
    {lint_rule::expose_proto_casing, "ExposeProtoCasing", "Protocol in EXPOSE instruction should be lowercase"},
    {lint_rule::expose_invalid_format, "ExposeInvalidFormat",
     "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future "
     "release"},
    {lint_rule::invalid_definition_description, "InvalidDefinitionDescription",
     "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not "
     "intended to be a description comment, add an empty line or comment between the instruction and the comment.",
     true},
}};

constexpr lint_rule_text const& text_of(lint_rule rule) noexcept
{
    return lint_rules[static_cast<std::size_t>(rule)];
}

/// The page that explains a rule: `https://docs.docker.com/go/dockerfile/rule/stage-name-casing/`.
ACRX_DECL std::string url_of(lint_rule rule);

/// What a rule finds: no error, but worth a change.
struct lint_warning
{
    lint_rule rule;
    std::string message;  ///< what is found, quoting the words of the file; no full stop
    source_span where;

    friend bool operator==(lint_warning const&, lint_warning const&) = default;
};

/// `StageNameCasing: Stage name 'App' should be lowercase (line 3)`
ACRX_DECL std::string to_string(lint_warning const& warning);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/lint_warning.ipp>
#endif
#endif
