// A PostgreSQL server of the tests' own, in a folder of its own, on a socket there and no port.
#ifndef ACRX_TESTS_SUPPORT_POSTGRES_CLUSTER_HPP
#define ACRX_TESTS_SUPPORT_POSTGRES_CLUSTER_HPP

#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/test/execution_monitor.hpp>
#include <boost/test/unit_test.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace acrx::testing {
/// One server for all tests of a program; ends with it.
class postgres_cluster
{
public:
    /// Started at the first call. Where PostgreSQL is not installed, the test case says so and ends.
    static postgres_cluster& shared()
    {
        if (programs().empty()) {
            BOOST_TEST_MESSAGE("skipped: PostgreSQL is not installed");
            throw boost::execution_aborted();
        }
        static postgres_cluster one;
        return one;
    }
    postgres_cluster(postgres_cluster const&) = delete;
    postgres_cluster& operator=(postgres_cluster const&) = delete;
    ~postgres_cluster() { stop(); }

    /// A connection string for a schema that nobody has used.
    std::string new_schema()
    {
        auto const name = "s" + std::to_string(++schemas_);
        sql("CREATE SCHEMA " + name);
        return url("options=-csearch_path%3D" + name);
    }
    std::string url(std::string const& parameters = "") const
    {
        return "postgresql:///postgres?user=acrx&host=" + folder_.path().string() + "&" + parameters;
    }
    /// What `psql` says to a statement, without a frame.
    std::string sql(std::string const& statement, std::string const& where = "") const
    {
        auto const place = where.empty() ? url() : where;
        return must(programs() + "/psql -XAtq -v ON_ERROR_STOP=1 '" + place + "' -c \"" + statement + "\"");
    }
    void restart()
    {
        stop();
        start();
    }

private:
    postgres_cluster()
    {
        auto const data = data_folder();
        must("mkdir -m 700 " + data);
        if (is_root())
            must("chown postgres " + data + " " + folder_.path().string());  // the folder, too, for its socket
        must(as_user() + programs() + "/initdb -D " + data + " -A trust -U acrx -E UTF8 --locale=C --no-sync");
        start();
    }

    static bool is_root() { return ::geteuid() == 0; }
    /// The server refuses to run as root.
    static std::string as_user() { return is_root() ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : ""; }
    std::string data_folder() const { return (folder_ / "data").string(); }

    /// The folder of its programs, which Debian keeps out of the path; empty if there is none.
    static std::string programs()
    {
        static std::string const found = [] {
            auto text = shell("dirname $(ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)");
            text.output.erase(text.output.find_last_not_of('\n') + 1);
            auto const is_complete = text.status == 0 && std::filesystem::exists(text.output + "/postgres");
            return is_complete ? text.output : std::string();
        }();
        return found;
    }

    void start()
    {
        auto const command = "exec " + as_user() + "setpriv --pdeathsig QUIT " + programs() + "/postgres -D " + data_folder()
                             + " -k " + folder_.path().string()
                             + " -c listen_addresses= -c fsync=off -c shared_buffers=16MB -c max_connections=40"
                               " -c dynamic_shared_memory_type=mmap -c autovacuum=off >>"
                             + (folder_ / "log").string() + " 2>&1 </dev/null";
        child_ = ::fork();
        if (child_ < 0)
            throw std::runtime_error("starting PostgreSQL");
        if (child_ == 0) {
            ::setpgid(0, 0);
            ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
            ::_exit(127);
        }
        for (int tries = 0; tries < 1000; ++tries) {
            if (shell(programs() + "/pg_isready -q -h " + folder_.path().string()).status == 0)
                return;
            if (::waitpid(child_, nullptr, WNOHANG) == child_) {
                child_ = -1;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        throw std::runtime_error("PostgreSQL does not start:\n" + shell("cat " + (folder_ / "log").string()).output);
    }

    void stop() noexcept
    {
        if (child_ <= 0)
            return;
        ::kill(child_, SIGINT);  // a fast shutdown, which ends the connections and leaves no shared memory
        for (int tries = 0; tries < 500; ++tries) {
            if (::waitpid(child_, nullptr, WNOHANG) == child_) {
                child_ = -1;
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        ::kill(-child_, SIGKILL);
        ::waitpid(std::exchange(child_, -1), nullptr, 0);
    }

    scratch_folder folder_;
    pid_t child_ = -1;
    int schemas_ = 0;
};
}  // namespace acrx::testing
#endif
