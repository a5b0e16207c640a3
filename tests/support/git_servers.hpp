// A git repository with a little of everything, and the servers that give it away: HTTP, git and ssh.
#ifndef ACRX_TESTS_SUPPORT_GIT_SERVERS_HPP
#define ACRX_TESTS_SUPPORT_GIT_SERVERS_HPP

#include "support/scratch_folder.hpp"
#include "support/server_process.hpp"
#include "support/shell.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace acrx::testing {
/// Bare repositories in one folder, and the means to write to them.
class git_shelf
{
public:
    git_shelf() { std::filesystem::create_directories(repositories()); }

    std::filesystem::path repositories() const { return folder_ / "repositories"; }
    scratch_folder const& folder() const { return folder_; }
    std::string file_url(std::string const& name) const { return "file://" + (repositories() / name).string(); }

    /// Runs commands in a working copy of `NAME.git`, which is made if it is missing, and pushes all branches and tags.
    void write(std::string const& name, std::string const& commands) const
    {
        auto const copy = (folder_ / ("copy-" + name)).string();
        auto const bare = (repositories() / (name + ".git")).string();
        if (!std::filesystem::exists(bare)) {
            git("init -q --bare -b main '" + bare + "'", folder_.path().string());
            git("init -q -b main '" + copy + "'", folder_.path().string());
        }
        must("cd '" + copy + "'\nset -e\n" + environment() + commands);
        git("push -q --no-verify '" + bare + "' --all", copy);
        git("push -q --no-verify '" + bare + "' --tags", copy);
    }
    /// The id of a commit of `NAME.git`.
    std::string id(std::string const& name, std::string const& ref) const
    {
        auto text = git("rev-parse --verify '" + ref + "^{commit}'", (repositories() / (name + ".git")).string());
        return text.substr(0, text.find('\n'));
    }
    static std::string git(std::string const& words, std::string const& folder)
    {
        return must("cd '" + folder + "'\n" + environment() + "git " + words);
    }

private:
    static std::string environment()
    {
        return "export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com "
               "GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com GIT_CONFIG_COUNT=1 "
               "GIT_CONFIG_KEY_0=protocol.file.allow GIT_CONFIG_VALUE_0=always\n";
    }
    scratch_folder folder_;
};

/// `git http-backend` behind lighttpd: `/git/NAME.git` for everybody, `/private/NAME.git` for `user` with `s3cret`.
class git_http_server
{
public:
    explicit git_http_server(std::filesystem::path const& repositories)
        : repositories_(repositories),
          server_([this](unsigned short port) { return command(port); }, folder_ / "log")
    {}

    std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }
    std::string url(std::string const& path) const { return "http://" + host() + path; }
    /// The lines of requests so far.
    std::string requests() const { return must("cat '" + (folder_ / "access").string() + "'"); }

private:
    std::vector<std::string> command(unsigned short port) const
    {
        std::ofstream(folder_ / "users") << "user:s3cret\ndummy:t0ken\n";
        std::ofstream(folder_ / "conf")
            << "server.document-root = \"" << folder_.path().string() << "\"\n"
            << "server.port = " << port << "\nserver.bind = \"127.0.0.1\"\n"
            << "server.modules = (\"mod_alias\", \"mod_redirect\", \"mod_auth\", \"mod_authn_file\", \"mod_accesslog\", "
               "\"mod_setenv\", \"mod_cgi\")\n"
            << "accesslog.filename = \"" << (folder_ / "access").string() << "\"\n"
            << "accesslog.format = \"%s %u %m %U%q\"\n"
            << "alias.url = (\"/git\" => \"/usr/lib/git-core/git-http-backend\", "
               "\"/private\" => \"/usr/lib/git-core/git-http-backend\")\n"
            << "url.redirect = (\"^/moved/(.*)\" => \"http://localhost:" << port << "/private/$1\")\n"
            << "cgi.assign = (\"\" => \"\")\n"
            << "setenv.add-environment = (\"GIT_PROJECT_ROOT\" => \"" << repositories_.string()
            << "\", \"GIT_HTTP_EXPORT_ALL\" => \"1\")\n"
            << "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"" << (folder_ / "users").string() << "\"\n"
            << "auth.require = (\"/private\" => (\"method\" => \"basic\", \"realm\" => \"git\", \"require\" => \"valid-user\"), "
               "\"/moved\" => (\"method\" => \"basic\", \"realm\" => \"git\", \"require\" => \"valid-user\"))\n";
        return {"lighttpd", "-D", "-f", (folder_ / "conf").string()};
    }

    scratch_folder folder_;
    std::filesystem::path repositories_;
    server_process server_;
};

/// `git daemon`: `git://127.0.0.1:PORT/NAME.git`.
class git_daemon_server
{
public:
    explicit git_daemon_server(std::filesystem::path const& repositories)
        : server_(
              [&](unsigned short port) {
                  return std::vector<std::string>{"/usr/lib/git-core/git-daemon", "--reuseaddr", "--listen=127.0.0.1",
                                                  "--port=" + std::to_string(port), "--export-all",
                                                  "--base-path=" + repositories.string()};
              },
              folder_ / "log")
    {}
    std::string url(std::string const& name) const
    {
        return "git://127.0.0.1:" + std::to_string(server_.port()) + "/" + name;
    }

private:
    scratch_folder folder_;
    server_process server_;
};

/// sshd with a host key and a user key of its own; `ssh_command` makes ssh use them.
class ssh_server
{
public:
    ssh_server() : server_((make_keys(), [this](unsigned short port) { return command(port); }), folder_ / "log")
    {
        auto const key = must("cat '" + (folder_ / "host.pub").string() + "'");
        std::ofstream(folder_ / "known_hosts") << "[127.0.0.1]:" << server_.port() << " " << key;
    }
    std::string url(std::filesystem::path const& repository) const
    {
        auto const user = must("id -un");
        return "ssh://" + user.substr(0, user.find('\n')) + "@127.0.0.1:" + std::to_string(server_.port()) + repository.string();
    }
    std::string ssh_command(std::string_view known_hosts = "known_hosts", std::string_view key = "user") const
    {
        return "ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile="
               + (folder_ / known_hosts).string() + " -i " + (folder_ / key).string();
    }

private:
    void make_keys() const
    {
        for (auto const* name : {"host", "user", "stranger"})
            must("ssh-keygen -q -t ed25519 -N '' -f '" + (folder_ / name).string() + "'");
        must("cp '" + (folder_ / "user.pub").string() + "' '" + (folder_ / "authorized").string() + "'");
        if (::geteuid() == 0)
            must("mkdir -p /run/sshd");
    }
    std::vector<std::string> command(unsigned short port) const
    {
        std::ofstream(folder_ / "conf")
            << "Port " << port << "\nListenAddress 127.0.0.1\nHostKey " << (folder_ / "host").string()
            << "\nAuthorizedKeysFile " << (folder_ / "authorized").string()
            << "\nStrictModes no\nUsePAM no\nPidFile none\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
               "PubkeyAuthentication yes\nLogLevel ERROR\n";
        return {"/usr/sbin/sshd", "-D", "-e", "-f", (folder_ / "conf").string()};
    }

    scratch_folder folder_;
    server_process server_;
};
}  // namespace acrx::testing
#endif
