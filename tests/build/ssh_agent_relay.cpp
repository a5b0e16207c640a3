#include <acrx/build/ssh_agent_relay.hpp>

#include <acrx/build/detail/run_beside.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/child_process.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/asio/this_coro.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <unistd.h>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_ssh_agent_relay)

bool has_tools()
{
    if (testing::have("ssh-agent") && testing::have("ssh-keygen"))
        return true;
    BOOST_TEST_MESSAGE("skipped: needs openssh-client");
    return false;
}

struct keys
{
    keys()
    {
        testing::must("ssh-keygen -q -t ed25519 -N '' -C plain -f " + (folder / "plain").string()
                      + " && ssh-keygen -q -t ed25519 -N secret -C locked -f " + (folder / "locked").string());
        std::filesystem::create_directories(folder / "socket");
    }
    /// What `words` say with the relay's socket as their agent.
    child_result ask(ssh_agent_source source, std::vector<std::string> words)
    {
        child_result result;
        testing::run(ask_beside(std::move(source), std::move(words), result));
        return result;
    }
    net::awaitable<void> ask_beside(ssh_agent_source source, std::vector<std::string> words, child_result& result)
    {
        auto const host = co_await net::this_coro::executor;
        ssh_agent_relay relay(host, std::move(source), folder / "socket", {});
        child_command command;
        command.args = std::move(words);
        command.env = {"PATH=/usr/bin:/bin", "SSH_AUTH_SOCK=" + relay.socket().string()};
        std::vector<net::awaitable<void>> servants;
        servants.push_back(relay.serve());
        auto asked = keep(run_child(std::move(command)), result);
        co_await detail::run_beside(std::move(asked), std::move(servants));
    }
    static net::awaitable<void> keep(net::awaitable<child_result> asked, child_result& result)
    {
        result = co_await std::move(asked);
    }

    testing::scratch_folder folder;
};

BOOST_AUTO_TEST_CASE(keys_get_an_agent_of_their_own)
{
    if (!has_tools())
        return;
    keys k;
    auto const listed = k.ask({{}, {k.folder / "plain"}}, {"ssh-add", "-l"});
    BOOST_TEST(listed.code == 0);
    BOOST_TEST(listed.out.find("plain (ED25519)") != std::string::npos, listed.out + listed.err);
}

BOOST_AUTO_TEST_CASE(a_step_cannot_change_the_agent)
{
    if (!has_tools())
        return;
    keys k;
    BOOST_TEST(k.ask({{}, {k.folder / "plain"}}, {"ssh-add", "-D"}).code != 0);
    keys signing;
    auto const file = signing.folder.write("text", "words").string();
    auto const key = (signing.folder / "plain.pub").string();
    auto const signed_file = signing.ask({{}, {signing.folder / "plain"}}, {"ssh-keygen", "-Y", "sign", "-n", "n", "-f", key, file});
    BOOST_TEST(signed_file.code == 0, signed_file.err);
    BOOST_TEST(std::filesystem::exists(file + ".sig"));
}

BOOST_AUTO_TEST_CASE(a_key_with_a_passphrase_is_refused)
{
    if (!has_tools())
        return;
    keys k;
    BOOST_CHECK_EXCEPTION(k.ask({{}, {k.folder / "locked"}}, {"sleep", "10"}), error, [](error const& e) {
        return e.text().find("failed to parse the SSH key") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(the_socket_has_the_owner_and_mode_that_were_asked_for)
{
    testing::scratch_folder folder;
    folder.write("agent.sock", "");
    std::filesystem::create_directories(folder / "socket");
    agent_socket look;
    look.mode = 0620;
    look.uid = ::geteuid();
    look.gid = ::getegid();
    net::io_context host;
    ssh_agent_relay const relay(host.get_executor(), {folder / "agent.sock", {}}, folder / "socket", look);
    struct stat status
    {};
    BOOST_TEST_REQUIRE(::lstat(relay.socket().c_str(), &status) == 0);
    BOOST_TEST(S_ISSOCK(status.st_mode));
    BOOST_TEST((status.st_mode & 07777) == 0620u);
    BOOST_CHECK_THROW(ssh_agent_relay(host.get_executor(), {folder / "none", {}}, folder.path(), look), error);
}

BOOST_AUTO_TEST_SUITE_END()
