// The checks of a stage's instructions that need the values of variables.
#ifndef ACRX_BUILD_DETAIL_STAGE_LINT_HPP
#define ACRX_BUILD_DETAIL_STAGE_LINT_HPP

#include <acrx/build/detail/stage_state.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <vector>

namespace acrx::detail {
/// Follows the instructions of one stage.
class stage_lint
{
public:
    /// The stage starts where another one ended.
    void start_from(stage_lint const& base) { has_workdir_ = base.has_workdir_; }

    /// Looks at an instruction before it takes effect.
    ACRX_DECL std::vector<dockerfile::lint_warning> see(dockerfile::instruction const& line, stage_state const& before,
                                                        ignore_rules const& ignored);
    /// Names the variables that the instruction has used in vain.
    ACRX_DECL std::vector<dockerfile::lint_warning> see_unset(dockerfile::instruction const& line, stage_state& after);

private:
    dockerfile::stage_linter spelling_;
    bool has_workdir_ = false;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/stage_lint.ipp>
#endif
#endif
