#include <acrx/context/detail/git_failure.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

using namespace acrx;
using detail::git_failure;

BOOST_AUTO_TEST_SUITE(context_detail_git_failure)

BOOST_AUTO_TEST_CASE(understands_what_git_says)
{
    using enum git_failure;
    std::vector<std::pair<std::string, git_failure>> const table{
        {"fatal: couldn't find remote ref nope\n", no_such_ref},
        {"fatal: remote error: upload-pack: not our ref 0123\nfatal: the remote end hung up unexpectedly\n", no_such_commit},
        {"error: Server does not allow request for unadvertised object 0123\n", no_commit_by_id},
        {"fatal: dumb http transport does not support shallow capabilities\n", no_shallow},
        {"fatal: could not read Username for 'https://h': terminal prompts disabled\n", unauthorized},
        {"fatal: Authentication failed for 'https://h/r.git/'\n", unauthorized},
        {"fatal: unable to access 'https://h/r/': The requested URL returned error: 403\n", unauthorized},
        {"git@h: Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n", unauthorized},
        {"Host key verification failed.\r\nfatal: Could not read from remote repository.\n", unknown_host_key},
        {"fatal: repository 'http://h/r.git/' not found\n", no_such_repository},
        {"fatal: remote error: access denied or repository not exported: /r\n", no_such_repository},
        {"fatal: '/r' does not appear to be a git repository\nfatal: Could not read from remote repository.\n", no_such_repository},
        {"fatal: http://h/r/info/refs not valid: is this a git repository?\n", no_such_repository},
        {"fatal: unable to access 'http://h/': Failed to connect to h port 1 after 0 ms: Couldn't connect to server\n", unreachable},
        {"fatal: unable to access 'http://h/': Could not resolve host: h\n", unreachable},
        {"fatal: unable to connect to h:\nh[0: ::1]: errno=Connection refused\n", unreachable},
        {"fatal: unable to look up h (port 9418) (Name or service not known)\n", unreachable},
        {"ssh: connect to host h port 22: Connection timed out\r\nfatal: Could not read from remote repository.\n", unreachable},
        {"fatal: unable to access 'https://h/': SSL certificate problem: self-signed certificate\n", unreachable},
        {"fatal: unable to access 'http://h/': The requested URL returned error: 503\n", server_trouble},
        {"error: RPC failed; curl 18 transfer closed\nfatal: early EOF\n", server_trouble},
        {"fatal: transport 'file' not allowed\nfatal: clone of 'file:///x' into submodule path 'y' failed\n", not_allowed},
        {"fatal: something new\n", other},
        {"", other},
    };
    for (auto const& [text, meaning] : table)
        BOOST_TEST((detail::classify_git_failure(text) == meaning), text);
}

BOOST_AUTO_TEST_CASE(repeats_the_line_that_tells_something)
{
    BOOST_TEST(detail::git_words_of_failure("Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n\n"
                                            "Please make sure you have the correct access rights\nand the repository exists.\n")
               == "Permission denied (publickey).");
    BOOST_TEST(detail::git_words_of_failure("fatal: unable to access 'https://u:pw@h/r/': x\x1b[31m\n")
               == "unable to access 'https://<REDACTED>@h/r/': x [31m");
    BOOST_TEST(detail::git_words_of_failure("").empty());
}

BOOST_AUTO_TEST_CASE(every_error_has_a_text)
{
    auto const e = detail::git_error("", "fetching x", "main");
    BOOST_TEST(e.text().starts_with("fetching x: git failed"));
    BOOST_TEST(detail::git_error("fatal: couldn't find remote ref HEAD", "fetching x", "").doing()
               == "fetching x: it has no default branch");
}

BOOST_AUTO_TEST_SUITE_END()
