// Collects what the checks find while a plan is made.
#ifndef ACRX_BUILD_DETAIL_PLAN_FINDINGS_HPP
#define ACRX_BUILD_DETAIL_PLAN_FINDINGS_HPP

#include <acrx/build/build_request.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/lint_warning.hpp>

#include <functional>
#include <vector>

namespace acrx::detail {
/// Keeps the findings that the options of the file, or of the build, let through.
class plan_findings
{
public:
    /// @param sink  told of each finding at once; may be empty
    /// @throws dockerfile::parse_error  for options that are none
    ACRX_DECL plan_findings(dockerfile::file const& f, build_request const& request,
                            std::function<void(dockerfile::lint_warning const&)> sink);

    ACRX_DECL void add(std::vector<dockerfile::lint_warning> const& found);
    std::vector<dockerfile::lint_warning> const& all() const noexcept { return all_; }

    /// @throws dockerfile::parse_error  if there are findings, and the options make an error of them
    ACRX_DECL void refuse() const;

private:
    plan_findings(dockerfile::file const& f, dockerfile::lint_options options,
                  std::function<void(dockerfile::lint_warning const&)> sink)
        : is_error_(options.fail), filter_(f, std::move(options)), sink_(std::move(sink))
    {}

    bool is_error_;
    dockerfile::lint_filter filter_;
    std::function<void(dockerfile::lint_warning const&)> sink_;
    std::vector<dockerfile::lint_warning> all_;
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/plan_findings.ipp>
#endif
#endif
