// Whom a step runs as: the accounts of the image that is its root.
#ifndef ACRX_BUILD_STEP_ACCOUNT_HPP
#define ACRX_BUILD_STEP_ACCOUNT_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/snapshot/root_view.hpp>

#include <string_view>

namespace acrx {
/// Sets user, groups with `more_groups`, and HOME where the environment has none.
/// @param user  `NAME|NUMBER[:GROUP]`; empty is root
/// @throws error (`errc::invalid_instruction`) for a name that the files of the root do not list
ACRX_DECL void set_account(step_spec& spec, root_view const& root, std::string_view user);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/step_account.ipp>
#endif
#endif
