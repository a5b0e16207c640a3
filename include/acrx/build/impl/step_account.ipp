// Bodies of build/step_account.hpp.
#ifndef ACRX_BUILD_IMPL_STEP_ACCOUNT_IPP
#define ACRX_BUILD_IMPL_STEP_ACCOUNT_IPP
#include <acrx/build/detail/accounts.hpp>
#include <acrx/build/step_account.hpp>
#include <acrx/image/image_config.hpp>

#include <utility>

namespace acrx {
ACRX_DECL void set_account(step_spec& spec, root_view const& root, std::string_view user)
{
    auto who = detail::find_account(root, user);
    for (auto const& group : std::exchange(spec.more_groups, {}))
        who.groups.push_back(detail::find_group(root, group));
    spec.uid = who.uid;
    spec.gid = who.gid;
    spec.groups = std::move(who.groups);
    if (!find_env(spec.env, "HOME"))
        set_env(spec.env, "HOME", who.home);
}
}  // namespace acrx
#endif
