// A repository to fetch from, and what a fetch of it gives.
#ifndef ACRX_TESTS_INTEGRATION_CONTEXT_FETCHED_REPOSITORY_HPP
#define ACRX_TESTS_INTEGRATION_CONTEXT_FETCHED_REPOSITORY_HPP

#include "support/git_servers.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"

#include <acrx/context/git_repository.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace acrx::testing {
/// Sets a variable of the environment for as long as it lives.
class variable
{
public:
    variable(std::string name, std::string const& value) : name_(std::move(name))
    {
        if (char const* old = std::getenv(name_.c_str()))
            old_ = old;
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    variable(variable const&) = delete;
    variable& operator=(variable const&) = delete;
    ~variable() { old_ ? ::setenv(name_.c_str(), old_->c_str(), 1) : ::unsetenv(name_.c_str()); }

private:
    std::string name_;
    std::optional<std::string> old_;
};

/// The repository `app`: two commits on main, a branch, tags, a pull request, links, and a commit that no branch has.
struct shelf : git_shelf
{
    shelf()
    {
        write("app", "mkdir -p subdir build; echo 'FROM scratch' > subdir/Dockerfile; echo one > version; "
                     "echo 'echo hi' > run.sh; chmod +x run.sh; ln -s /etc out; ln -s ../.. up; ln -s / top; "
                     "ln -s /subdir absolute; ln -s subdir inside; "
                     "git add .; git commit -q -m one; git tag v1; git tag -a -m x v1-annotated; "
                     "echo two > version; git commit -q -a -m two; "
                     "git checkout -q -b release/1.0; echo release > version; git commit -q -a -m release; "
                     "git checkout -q main");
        write("app", "git checkout -q --detach; echo gone > version; git commit -q -a -m gone; git tag gone; git "
                     "checkout -q main");
        auto const bare = (repositories() / "app.git").string();
        gone = id("app", "gone");
        git("update-ref refs/pull/42/head gone", bare);
        git("update-ref -d refs/tags/gone", bare);
        git("tag -d gone", (folder() / "copy-app").string());
    }
    std::string gone;
};

inline git_location git_at(std::string const& text)
{
    return std::get<git_location>(parse_location(text));
}

struct fetched
{
    build_context context;
    std::string version;
};

/// Fetches without a mirror unless `options` has one, and reads the file `version`.
inline fetched fetch(std::string const& text, git_options options = {})
{
    scratch_folder into;
    git_repository repository(git_at(text), std::move(options));
    fetched result;
    result.context = run(repository.fetch(into.path()));
    result.version = read_file_if_exists(result.context.root / "version").value_or("");
    return result;
}

/// The error that a fetch ends with; checks that it leaves nothing behind.
inline error failure(std::string const& text, git_options options = {})
{
    scratch_folder into;
    git_repository repository(git_at(text), std::move(options));
    try {
        run(repository.fetch(into.path()));
    } catch (error const& e) {
        BOOST_TEST(std::filesystem::is_empty(into.path()));
        return e;
    }
    throw std::runtime_error("it should fail: " + text);
}

inline bool mentions(error const& e, std::string_view words)
{
    return (e.text() + e.advice()).find(words) != std::string::npos;
}
}  // namespace acrx::testing
#endif
