#include <acrx/executor/user_namespace.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <acrx/snapshot/privileges.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_user_namespace)

/// Entering cannot be undone, so it is done in a process of its own. @return its exit status; 99 if it threw
int status_of_child(std::function<int()> const& body)
{
    auto const child = ::fork();
    if (child == 0) {
        try {
            ::_exit(body());
        } catch (...) {
            ::_exit(99);
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

BOOST_AUTO_TEST_CASE(leaves_those_alone_who_may_mount)
{
    auto const status = status_of_child([] {
        struct stat before{};
        struct stat after{};
        ::stat("/proc/self/ns/user", &before);
        bool const may = may_run_steps();
        auto const entered = enter_user_namespace();
        ::stat("/proc/self/ns/user", &after);
        return may == (entered == user_namespace::not_needed)
                       && (before.st_ino == after.st_ino)
                              == (entered == user_namespace::not_needed || entered == user_namespace::refused)
                   ? 0
                   : 1;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(makes_a_user_without_subordinate_ids_root_of_one_id)
{
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("skipped: needs root to become a user");
        return;
    }
    constexpr uid_t nobodys = 3999999999U;  // has no name, and no line in /etc/subuid
    auto const status = status_of_child([] {
        if (::setresgid(nobodys, nobodys, nobodys) != 0 || ::setresuid(nobodys, nobodys, nobodys) != 0)
            return 10;
        auto const entered = enter_user_namespace();
        if (entered == user_namespace::refused)
            return ::geteuid() == nobodys && !may_run_steps() && !what_steps_lack().empty() ? 0 : 11;
        bool const is_root = ::geteuid() == 0 && ::getegid() == 0 && may_run_steps();
        if (entered != user_namespace::one_id || !is_root)
            return 12;
        if (!is_ordinary_user() || is_first_user_namespace() || own_ids() != std::vector<id_range>{{0, nobodys, 1}})
            return 13;
        return what_steps_lack().find("/etc/subuid") != std::string::npos ? 0 : 14;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_SUITE_END()
