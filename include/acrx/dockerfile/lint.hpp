// Checks a Dockerfile by the rules that need no value of a variable.
#ifndef ACRX_DOCKERFILE_LINT_HPP
#define ACRX_DOCKERFILE_LINT_HPP

#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/lint_options.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/dockerfile/source_span.hpp>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::dockerfile {
/// What concerns the file as a whole: spelling, names of stages, continuation lines, descriptions. By rule, then by line.
ACRX_DECL std::vector<lint_warning> lint_spelling(file const& f);

/// Follows the instructions of one stage, triggers of its base included.
class stage_linter
{
public:
    /// What is wrong with the next instruction, or with an earlier one now that this one follows.
    ACRX_DECL std::vector<lint_warning> see(instruction const& line);

private:
    std::map<std::string_view, source_span> once_;  ///< where instructions stood that only count once
};

/// All of it, whatever stages a target needs; sorted by line. Nothing is left out: see `lint_filter`.
ACRX_DECL std::vector<lint_warning> lint(file const& f);

/// Leaves out what `# check=skip=...` switches off, for the whole file or in the comment above one instruction.
class lint_filter
{
public:
    /// @param options  for the whole file
    ACRX_DECL lint_filter(file const& f, lint_options options);

    ACRX_DECL bool wants(lint_warning const& found) const;

private:
    lint_options options_;
    std::vector<std::pair<source_span, lint_options>> local_;
};

/// The options that the file itself gives. @throws as `parse_lint_options`, with the line
ACRX_DECL lint_options lint_options_of(file const& f);
}  // namespace acrx::dockerfile

#if !defined(ACRX_COMPILED)
#include <acrx/dockerfile/impl/lint.ipp>
#endif
#endif
