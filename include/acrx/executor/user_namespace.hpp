// Makes this process root of a user namespace, so that an ordinary user can run steps.
#ifndef ACRX_EXECUTOR_USER_NAMESPACE_HPP
#define ACRX_EXECUTOR_USER_NAMESPACE_HPP

#include <acrx/core/config.hpp>

namespace acrx {
/// What a process can own after `enter_user_namespace`.
enum class user_namespace
{
    not_needed,  ///< it may mount already; nothing was changed
    many_ids,    ///< it is user 0; files and steps may have the owners that subordinate ids stand for
    one_id,      ///< it is user 0; steps work, but only with files of user 0 and group 0
    refused,     ///< there are no user namespaces for it; nothing was changed, RUN will say what is lacking
};

/// Gives this process the rights that steps need, if it has not got them and the machine lets it.
///
/// The user becomes user 0 of a new namespace, in which 1 and what follows are the ids that /etc/subuid and /etc/subgid
/// give to the user, through newuidmap and newgidmap; without them the namespace has one id. A root without
/// CAP_SYS_ADMIN, as in containers, keeps all of its ids. Outside, what the process does is done by the same user as
/// before: its own files stay its own, and it gets no right on those of others. In /etc/passwd, user 0 then has the name
/// and the home of the user, for this process and its children.
///
/// Must be called while the process has one thread: first in `main`. Takes some 5 ms; 20 us where it is not needed.
/// @throws error only if the process has several threads
ACRX_DECL user_namespace enter_user_namespace();
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/user_namespace.ipp>
#endif
#endif
