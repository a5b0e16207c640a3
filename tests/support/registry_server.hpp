// Runs Debian's docker-registry on a free loopback port for as long as a test needs it.
#ifndef ACRX_TESTS_SUPPORT_REGISTRY_SERVER_HPP
#define ACRX_TESTS_SUPPORT_REGISTRY_SERVER_HPP

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

namespace acrx::testing {
/// How a `registry_server` is set up; the default is plain HTTP without users.
struct registry_setup
{
    bool tls = false;         ///< a certificate for localhost and 127.0.0.1 by an authority of its own
    bool may_delete = false;  ///< manifests and blobs can be deleted
    std::string user = {};    ///< empty: everybody may do everything
    std::string password = {};
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
        if (setup_.tls)
            make_certificates();
        // Between the choice of a port and its use somebody else may take it.
        for (int tries = 0; tries < 5; ++tries)
            if (start())
                return;
        auto const log = log_text();
        std::filesystem::remove_all(root_);
        throw std::runtime_error("docker-registry does not start:\n" + log);
    }
    registry_server(registry_server const&) = delete;
    registry_server& operator=(registry_server const&) = delete;
    ~registry_server()
    {
        stop();
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }

    unsigned short port() const { return port_; }
    /// `localhost:PORT`, as an image reference names it.
    std::string host() const { return "localhost:" + std::to_string(port_); }
    /// The authority to trust, if it speaks TLS.
    std::filesystem::path ca_file() const { return root_ / "ca.crt"; }
    std::filesystem::path storage() const { return root_ / "storage"; }
    std::string log_text() const
    {
        std::ifstream in(root_ / "log");
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    }

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

    static unsigned short free_port()
    {
        boost::asio::io_context host;
        boost::asio::ip::tcp::acceptor probe(host, {boost::asio::ip::address_v4::loopback(), 0});
        return probe.local_endpoint().port();
    }

    void write_config() const
    {
        std::ofstream out(root_ / "config.yml");
        out << "version: 0.1\nlog:\n  level: warn\nstorage:\n  filesystem:\n    rootdirectory: " << storage().string()
            << "\n  delete:\n    enabled: " << (setup_.may_delete ? "true" : "false")
            << "\nhttp:\n  addr: 127.0.0.1:" << port_ << "\n  secret: acrx\n";
        if (setup_.tls)
            out << "  tls:\n    certificate: " << (root_ / "server.crt").string()
                << "\n    key: " << (root_ / "server.key").string() << "\n";
        if (!setup_.user.empty())
            out << "auth:\n  htpasswd:\n    realm: acrx\n    path: " << (root_ / "htpasswd").string() << "\n";
    }

    bool start()
    {
        port_ = free_port();
        if (!setup_.user.empty())
            shell("htpasswd -Bbn -C 4 '" + setup_.user + "' '" + setup_.password + "' > '" + (root_ / "htpasswd").string() + "'");
        write_config();
        auto const config = (root_ / "config.yml").string();
        auto const log = (root_ / "log").string();
        auto const parent = ::getpid();
        child_ = ::fork();
        if (child_ < 0)
            throw std::runtime_error("starting docker-registry");
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent)
                ::_exit(1);
            auto const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
            ::dup2(out, 1);
            ::dup2(out, 2);
            ::execlp("docker-registry", "docker-registry", "serve", config.c_str(), nullptr);
            ::_exit(127);
        }
        return wait_until_it_listens();
    }

    bool wait_until_it_listens()
    {
        boost::asio::io_context host;
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (std::chrono::steady_clock::now() < end) {
            boost::system::error_code failed;
            boost::asio::ip::tcp::socket probe(host);
            probe.connect({boost::asio::ip::address_v4::loopback(), port_}, failed);
            if (!failed)
                return true;
            if (::waitpid(child_, nullptr, WNOHANG) == child_) {
                child_ = -1;
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        stop();
        return false;
    }

    void stop() noexcept
    {
        if (child_ <= 0)
            return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = -1;
    }

    registry_setup setup_;
    std::filesystem::path root_;
    unsigned short port_ = 0;
    pid_t child_ = -1;
};
}  // namespace acrx::testing
#endif
