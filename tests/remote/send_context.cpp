#include <acrx/remote/send_context.hpp>

#include <support/run.hpp>
#include <support/scratch_folder.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/remote/piece_list.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::scratch_folder;

BOOST_AUTO_TEST_SUITE(remote_send_context)
namespace {
/// A runner that keeps pieces in memory, and does once in a while what a test wants.
struct small_runner
{
    std::map<sha256_bytes, std::string> pieces;
    std::string composed;
    std::uint64_t received = 0;
    std::vector<std::string> asked;
    std::function<void(std::string const&)> meanwhile = [](std::string const&) {};
    bool knows_pieces = true;
    int failures = 0;  ///< that are still to come

    bool has(sha256_bytes const& sum, bool is_section) const
    {
        auto const found = pieces.find(sum);
        if (found == pieces.end())
            return false;
        auto const named = is_section ? split_digests(found->second) : std::vector<sha256_bytes>();
        return std::ranges::all_of(named, [&](auto const& each) { return pieces.contains(each); });
    }

    http_response answer(std::string const& method, std::string const& target, http_body const& body)
    {
        auto const verb = target.substr(target.rfind('/') + 1, target.find('?') - target.rfind('/') - 1);
        asked.push_back(method + " " + verb);
        meanwhile(verb);
        if (failures > 0 && verb == "pieces") {
            --failures;
            throw error(error_code(boost::system::errc::connection_reset, boost::system::system_category()), "asking the runner");
        }
        auto const* text = std::get_if<std::string>(&body);
        received += text ? text->size() : 0;
        if (verb == "missing" && knows_pieces) {
            std::vector<sha256_bytes> lacked;
            for (auto const& each : split_digests(*text))
                if (!has(each, target.find("of=sections") != target.npos))
                    lacked.push_back(each);
            return {.status = 200, .headers = {}, .body = join_digests(lacked), .from = {}};
        }
        if (verb == "pieces" && knows_pieces) {
            read_batch(*text, [this](std::span<std::byte const> piece) {
                pieces[sum_of(piece)].assign(reinterpret_cast<char const*>(piece.data()), piece.size());
            });
            return {.status = 204, .headers = {}, .body = {}, .from = {}};
        }
        if (verb == "compose" && knows_pieces) {
            composed.clear();
            for (auto const& section : split_digests(*text)) {
                if (!has(section, true))
                    return {.status = 409, .headers = {}, .body = {}, .from = {}};
                for (auto const& piece : split_digests(pieces.at(section)))
                    composed += pieces.at(piece);
            }
            return {.status = 200, .headers = {}, .body = R"({"relativePath":"source/1"})", .from = {}};
        }
        if (verb == "listBuildSourceUploadUrl")
            return {.status = 200, .headers = {}, .body = R"({"uploadUrl":"http://blob/2?sig=x","relativePath":"source/2"})", .from = {}};
        if (method == "PUT") {
            composed = read_file(std::get<file_slice>(body).path, 1 << 30);
            return {.status = 201, .headers = {}, .body = {}, .from = {}};
        }
        return {.status = 404, .headers = {}, .body = R"({"error":{"code":"ResourceNotFound","message":"no"}})", .from = {}};
    }

    runner_client client()
    {
        runner_transport way;
        way.exchange = [this](std::string method, std::string target, http_body body, bool) -> net::awaitable<http_response> {
            co_return answer(method, target, body);
        };
        return runner_client(std::move(way));
    }
};

struct laptop
{
    scratch_folder folder;
    net::thread_pool pool{1};
    small_runner runner;

    laptop()
    {
        std::mt19937 random(7);
        for (int i = 0; i < 40; ++i) {
            std::string text;
            for (int k = 0; k < 6000; ++k)
                text += static_cast<char>(random());
            folder.write("src/" + std::to_string(i), text);
        }
    }
    context_parcel parcel() const
    {
        context_parcel made;
        made.root = folder.path();
        return made;
    }
    std::string plain() const
    {
        auto const source = open_parcel(parcel());
        std::string bytes;
        for (auto piece = source(); !piece.empty(); piece = source())
            bytes.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        return bytes;
    }
    sent_context send()
    {
        auto client = runner.client();
        runner.received = 0;
        return run(send_context(client, parcel(), pool.get_executor()));
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(sends_all_at_first_and_then_what_is_new, laptop)
{
    auto const first = send();
    BOOST_TEST(first.relative_path == "source/1");
    BOOST_TEST((runner.composed == plain()));
    BOOST_TEST(first.size == plain().size());
    BOOST_TEST(first.sent == runner.received);
    BOOST_TEST(first.sent > 240'000u);
    auto const again = send();
    BOOST_TEST(again.sent == runner.received);
    BOOST_TEST(again.sent < 200u);
    folder.write("src/20", "now it is short");
    auto const changed = send();
    BOOST_TEST((runner.composed == plain()));
    BOOST_TEST(changed.sent < 60'000u);
}

BOOST_FIXTURE_TEST_CASE(sends_again_what_the_runner_has_given_up, laptop)
{
    send();
    runner.pieces.erase(runner.pieces.begin());
    send();
    BOOST_TEST((runner.composed == plain()));
    bool is_first = true;
    runner.meanwhile = [&](std::string const& verb) {
        if (verb == "compose" && std::exchange(is_first, false))
            runner.pieces.erase(runner.pieces.begin());
    };
    send();
    BOOST_TEST(!is_first);
    BOOST_TEST((runner.composed == plain()));
}

BOOST_FIXTURE_TEST_CASE(begins_anew_when_files_change_meanwhile, laptop)
{
    int changes = 0;
    runner.meanwhile = [&](std::string const& verb) {
        if (verb == "missing" && ++changes <= 2)
            folder.write("src/3", "changed " + std::to_string(changes));
    };
    send();
    BOOST_TEST((runner.composed == plain()));
    folder.write("src/3", "what no runner has seen");
    runner.meanwhile = [&](std::string const& verb) {
        if (verb == "missing")
            folder.write("src/3", "changed once more " + std::to_string(++changes));
    };
    BOOST_CHECK_EXCEPTION(send(), error, [](error const& e) { return e.text().find("go on changing") != std::string::npos; });
}

BOOST_FIXTURE_TEST_CASE(tries_again_when_a_connection_breaks, laptop)
{
    runner.failures = 2;
    send();
    BOOST_TEST(runner.failures == 0);
    BOOST_TEST((runner.composed == plain()));
}

BOOST_FIXTURE_TEST_CASE(sends_a_whole_archive_to_a_server_that_knows_no_pieces, laptop)
{
    runner.knows_pieces = false;
    auto const sent = send();
    BOOST_TEST(sent.relative_path == "source/2");
    BOOST_TEST(runner.composed.substr(0, 2) == "\x1f\x8b");
    BOOST_TEST(sent.sent >= runner.composed.size());
    BOOST_TEST(runner.asked.back().substr(0, 4) == "PUT ");
}
BOOST_AUTO_TEST_SUITE_END()
