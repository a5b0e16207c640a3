// The third layer of a Dockerfile: stages, with all rules about its structure checked.
#ifndef ACRX_DOCKERFILE_FILE_HPP
#define ACRX_DOCKERFILE_FILE_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/source_span.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acrx::dockerfile {
/// An ARG line before the first FROM.
struct global_arg
{
    source_span where;
    std::string original;
    arg what;
    std::vector<std::string> comments;  ///< the comment lines directly above, without `#`
};

/// One FROM and what follows it.
struct stage
{
    std::string name;      ///< lower case; empty if there is none
    std::string base;      ///< unexpanded
    std::string platform;  ///< unexpanded; empty if there is none
    source_span where;     ///< of the FROM line
    std::string original;  ///< the FROM line
    from header;           ///< the FROM line, typed
    std::vector<std::string> comments;  ///< those directly above the FROM line, without `#`
    std::vector<instruction> instructions;
};

/// A whole Dockerfile. Holds no expanded value and no view into the text.
struct file
{
    std::vector<global_arg> global_args;
    std::vector<stage> stages;
    char escape = '\\';
    std::vector<directive> directives;
    std::optional<std::string> syntax;
    std::optional<std::string> check;
    std::vector<lint_warning> warnings;  ///< what the parser itself has found
};

/// Reads a Dockerfile: splits it, types every instruction, and checks the structure.
/// @throws parse_error (`errc::syntax`, `errc::invalid_instruction`)
ACRX_DECL file parse_file(std::string_view text);

/// The index of the last stage of that name, compared without regard to case.
/// @param before  looks only at stages with a lower index
ACRX_DECL std::optional<std::size_t> find_stage(file const& f, std::string_view name,
                                                std::size_t before = static_cast<std::size_t>(-1));
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/file.ipp>
#endif
#endif
