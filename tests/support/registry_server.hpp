// Runs Debian's docker-registry on a free loopback port for as long as a test needs it.
#ifndef ACRX_TESTS_SUPPORT_REGISTRY_SERVER_HPP
#define ACRX_TESTS_SUPPORT_REGISTRY_SERVER_HPP

#include "server_process.hpp"

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace acrx::testing {
/// How a `registry_server` is set up; the default is plain HTTP without users.
struct registry_setup
{
    bool tls = false;         ///< a certificate for localhost and 127.0.0.1 by an authority of its own
    bool may_delete = false;  ///< manifests and blobs can be deleted
    std::string user = {};    ///< empty: everybody may do everything
    std::string password = {};
    bool takes_foreign_layers = false;  ///< manifests may name other servers for their layers
};

/// Has its storage, certificates and log in a folder of its own; both end with it. It dies with the test program, too.
class registry_server
{
public:
    explicit registry_server(registry_setup setup = {}) : setup_(std::move(setup))
    {
        auto pattern = (std::filesystem::temp_directory_path() / "acrx-registry-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw std::runtime_error("making a folder for the registry");
        root_ = pattern;
        try {
            start();
        } catch (...) {
            remove_folder();
            throw;
        }
    }
    registry_server(registry_server const&) = delete;
    registry_server& operator=(registry_server const&) = delete;
    ~registry_server()
    {
        server_.reset();
        remove_folder();
    }

    unsigned short port() const { return server_->port(); }
    /// `localhost:PORT`, as an image reference names it.
    std::string host() const { return "localhost:" + std::to_string(port()); }
    /// The authority to trust, if it speaks TLS.
    std::filesystem::path ca_file() const { return root_ / "ca.crt"; }
    std::filesystem::path storage() const { return root_ / "storage"; }
    std::string log_text() const { return server_->log_text(); }

private:
    static void shell(std::string const& command)
    {
        if (std::system(command.c_str()) != 0)
            throw std::runtime_error("running " + command);
    }

    void make_certificates() const
    {
        auto const in = "cd '" + root_.string() + "' && ";
        auto const curve = std::string("-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 ");
        std::ofstream(root_ / "names") << "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
        shell(in + "openssl req -x509 " + curve + "-subj '/CN=acrx test CA' -keyout ca.key -out ca.crt 2>/dev/null");
        shell(in + "openssl req " + curve + "-subj /CN=localhost -keyout server.key -out server.csr 2>/dev/null");
        shell(in + "openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names "
                   "-out server.crt 2>/dev/null");
    }

    void write_config(unsigned short port) const
    {
        std::ofstream out(root_ / "config.yml");
        out << "version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: " << storage().string()
            << "\n  delete:\n    enabled: " << (setup_.may_delete ? "true" : "false")
            << "\nhttp:\n  addr: 127.0.0.1:" << port << "\n  secret: acrx\n";
        if (setup_.tls)
            out << "  tls:\n    certificate: " << (root_ / "server.crt").string()
                << "\n    key: " << (root_ / "server.key").string() << "\n";
        if (setup_.takes_foreign_layers)
            out << "validation:\n  manifests:\n    urls:\n      allow: ['^http://']\n";
        if (!setup_.user.empty())
            out << "auth:\n  htpasswd:\n    realm: acrx\n    path: " << (root_ / "htpasswd").string() << "\n";
    }

    void start()
    {
        if (setup_.tls)
            make_certificates();
        if (!setup_.user.empty())
            shell("htpasswd -Bbn -C 4 '" + setup_.user + "' '" + setup_.password + "' > '" + (root_ / "htpasswd").string() + "'");
        auto const command = [this](unsigned short port) {
            write_config(port);
            return std::vector<std::string>{"docker-registry", "serve", (root_ / "config.yml").string()};
        };
        server_.emplace(command, root_ / "log");
    }

    void remove_folder() noexcept
    {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }

    registry_setup setup_;
    std::filesystem::path root_;
    std::optional<server_process> server_;
};
}  // namespace acrx::testing
#endif
