// A folder with configuration files and helper programs, and coroutines run to their end.
#ifndef ACRX_TESTS_IDENTITY_TEMPORARY_HOME_HPP
#define ACRX_TESTS_IDENTITY_TEMPORARY_HOME_HPP
#include <acrx/identity/credential_provider.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace identity_tests {
/// Sets a variable of the environment and puts the old value back.
class environment_variable
{
public:
    environment_variable(std::string name, std::string const& value) : name_(std::move(name))
    {
        if (char const* old = std::getenv(name_.c_str())) {
            old_ = old;
            was_set_ = true;
        }
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    environment_variable(environment_variable const&) = delete;
    environment_variable& operator=(environment_variable const&) = delete;
    ~environment_variable()
    {
        if (was_set_)
            ::setenv(name_.c_str(), old_.c_str(), 1);
        else
            ::unsetenv(name_.c_str());
    }
    std::string const& old() const { return old_; }

private:
    std::string name_;
    std::string old_;
    bool was_set_ = false;
};

struct temporary_home
{
    temporary_home()
    {
        std::string name = (std::filesystem::temp_directory_path() / "acrx-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    temporary_home(temporary_home const&) = delete;
    temporary_home& operator=(temporary_home const&) = delete;
    ~temporary_home()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }

    std::filesystem::path write(std::string const& name, std::string const& text) const
    {
        auto const file = path / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
        return file;
    }

    /// A helper program in the folder; the caller puts the folder into PATH.
    void write_helper(std::string const& name, std::string const& script) const
    {
        auto const file = write("docker-credential-" + name, "#!/bin/sh\n" + script + "\n");
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }

    std::filesystem::path path;
};

template<class Provider>
acrx::credential find(Provider& provider, std::string host)
{
    boost::asio::io_context context;
    auto result = boost::asio::co_spawn(context, provider.find(std::move(host)), boost::asio::use_future);
    context.run();
    return result.get();
}
}  // namespace identity_tests
#endif
