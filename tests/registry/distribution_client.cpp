#include <acrx/registry/distribution_client.hpp>

#include <acrx/core/error.hpp>
#include <acrx/core/when_all.hpp>
#include <acrx/image/media_types.hpp>

#include <support/run.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace acrx;
using acrx::testing::reply;
using acrx::testing::run;
using acrx::testing::scripted_server;
using acrx::testing::seen_request;

BOOST_AUTO_TEST_SUITE(registry_distribution_client)

/// The smallest type that satisfies `credential_provider`.
struct archetype_credentials
{
    archetype_credentials(archetype_credentials&&) = default;
    archetype_credentials& operator=(archetype_credentials&&) = default;
    explicit archetype_credentials(credential c = {}) : who(std::move(c)) {}
    net::awaitable<credential> find(std::string) { co_return who; }
    credential who;
};
using client_type = basic_distribution_client<archetype_credentials>;
static_assert(credential_provider<archetype_credentials>);
static_assert(registry_client<client_type>);

registry_options quick()
{
    registry_options options;
    options.retry = {.tries = 4, .base = std::chrono::milliseconds(2), .ceiling = std::chrono::milliseconds(10),
                     .retry_after_ceiling = std::chrono::milliseconds(30)};
    options.http.idle_timeout = std::chrono::milliseconds(400);
    return options;
}

client_type anonymous(registry_options options = quick())
{
    return client_type(archetype_credentials{}, std::move(options));
}

reference in(scripted_server const& server, std::string rest = "/a/b:1")
{
    return parse_reference(server.host() + rest);
}

descriptor blob_of(std::string const& text)
{
    descriptor d;
    d.digest = digest_of(text);
    d.size = text.size();
    return d;
}

std::string pull(client_type& client, reference ref, descriptor blob)
{
    std::string text;
    byte_sink const sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        co_return;
    };
    run(client.fetch_blob(std::move(ref), std::move(blob), sink));
    return text;
}

auto has_code(errc code)
{
    return [code](error const& e) { return e.code() == code; };
}

BOOST_AUTO_TEST_CASE(logs_in_once_for_requests_side_by_side)
{
    scripted_server tokens([](seen_request const&) { return reply{.body = R"({"token":"t","expires_in":300})", .delay = std::chrono::milliseconds(20)}; });
    scripted_server server([&](seen_request const& r) {
        if (r.header("authorization") == "Bearer t")
            return reply{};
        auto const realm = "Bearer realm=\"" + tokens.url("/token") + "\",service=\"s\",scope=\"repository:a/b:pull\"";
        return reply{.status = 401, .headers = {{"WWW-Authenticate", realm}}};
    });
    auto client = anonymous();
    auto const has = [](client_type& c, reference ref) -> net::awaitable<void> {
        auto const there = co_await c.has_blob(ref, digest_of("x"));
        BOOST_TEST(there);
    };
    std::vector<net::awaitable<void>> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(has(client, in(server)));
    run(when_all(std::move(all)));
    BOOST_TEST(tokens.seen().size() == 1U);
    BOOST_TEST(tokens.seen().front().target == "/token?service=s&scope=repository%3Aa%2Fb%3Apull&client_id=acrx");
}

BOOST_AUTO_TEST_CASE(a_second_refusal_is_final)
{
    scripted_server server([](seen_request const&) {
        return reply{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=x"}}, .body = R"({"errors":[{"code":"UNAUTHORIZED","message":"no"}]})"};
    });
    client_type client(archetype_credentials(credential{"u", "hunter2", {}, {}}), quick());
    BOOST_CHECK_EXCEPTION(run(client.has_blob(in(server), digest_of("x"))), error, [](error const& e) {
        return e.code() == errc::unauthorized && std::string(e.what()).find("hunter2") == std::string::npos;
    });
    BOOST_TEST(server.seen().size() == 2U);
}

BOOST_AUTO_TEST_CASE(statuses_become_codes)
{
    for (auto [status, code] : {std::pair{403U, errc::denied}, {429U, errc::rate_limited}, {503U, errc::unavailable},
                                {400U, errc::protocol}, {401U, errc::unauthorized}, {404U, errc::not_found}}) {
        scripted_server server([s = status](seen_request const&) {
            return reply{.status = s, .headers = {{"WWW-Authenticate", "=, ;\""}}, .body = R"({"errors":[{"code":"C","message":"the words"}]})"};
        });
        auto client = anonymous();
        BOOST_CHECK_EXCEPTION(run(client.fetch_manifest(in(server))), error, [c = code](error const& e) {
            return e.code() == c && std::string(e.what()).find("the words") != std::string::npos;
        });
    }
}

BOOST_AUTO_TEST_CASE(tries_again_after_429_and_5xx)
{
    int calls = 0;
    scripted_server server([&](seen_request const&) {
        ++calls;
        if (calls == 1)
            return reply{.status = 429, .headers = {{"Retry-After", "100"}}};
        return calls == 2 ? reply{.status = 502} : reply{};
    });
    auto client = anonymous();
    BOOST_TEST(run(client.has_blob(in(server), digest_of("x"))));
}

BOOST_AUTO_TEST_CASE(a_download_goes_on_where_it_broke)
{
    std::string const text(900'000, 'q');
    int calls = 0;
    scripted_server server([&](seen_request const& r) {
        auto const range = r.header("range");
        auto const from = range.empty() ? 0 : std::stoull(range.substr(6));
        reply part{.status = range.empty() ? 200U : 206U, .body = text.substr(from)};
        if (!range.empty())
            part.headers = {{"Content-Range", "bytes " + std::to_string(from) + "-899999/900000"}};
        if (++calls < 3)
            part.cut_after = 300'000;
        return part;
    });
    auto client = anonymous();
    BOOST_TEST((pull(client, in(server), blob_of(text)) == text));
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(wrong_bytes_are_refused)
{
    scripted_server server([](seen_request const&) { return reply{.body = "hellO"}; });
    auto client = anonymous();
    BOOST_CHECK_EXCEPTION(pull(client, in(server), blob_of("hello")), error, has_code(errc::digest_mismatch));
    BOOST_CHECK_EXCEPTION(pull(client, in(server), blob_of("hell")), error, has_code(errc::digest_mismatch));
    BOOST_CHECK_EXCEPTION(pull(client, in(server), blob_of("hello, world")), error, has_code(errc::digest_mismatch));
    auto ref = in(server, "/a@" + digest_of("other").str());
    BOOST_CHECK_EXCEPTION(run(client.fetch_manifest(ref)), error, has_code(errc::digest_mismatch));
}

BOOST_AUTO_TEST_CASE(a_huge_manifest_is_refused)
{
    scripted_server server([](seen_request const&) { return reply{.body = std::string(2000, ' ')}; });
    auto options = quick();
    options.manifest_limit = 1000;
    auto client = anonymous(options);
    BOOST_CHECK_EXCEPTION(run(client.fetch_manifest(in(server))), error, has_code(errc::protocol));
}

BOOST_AUTO_TEST_CASE(storage_elsewhere_never_hears_who_we_are)
{
    scripted_server storage([](seen_request const&) { return reply{.body = "blob"}; });
    scripted_server server([&](seen_request const& r) {
        if (r.header("authorization").empty())
            return reply{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=x"}}};
        return reply{.status = 307, .headers = {{"Location", storage.url("/s?sig=1")}}};
    });
    client_type client(archetype_credentials(credential{"u", "p", {}, {}}), quick());
    BOOST_TEST(pull(client, in(server), blob_of("blob")) == "blob");
    BOOST_TEST(storage.seen().front().header("authorization") == "");
}

BOOST_AUTO_TEST_CASE(mirrors_are_asked_first_and_forgiven)
{
    scripted_server server([](seen_request const&) { return reply{.body = "blob"}; });
    scripted_server mirror([](seen_request const&) { return reply{.status = 500}; });
    auto options = quick();
    options.mirrors[server.host()] = {"127.0.0.1:1", mirror.host()};
    auto client = anonymous(options);
    BOOST_TEST(pull(client, in(server), blob_of("blob")) == "blob");
    BOOST_REQUIRE(mirror.seen().size() == 1U);
    BOOST_TEST(mirror.seen().front().target.ends_with("?ns=" + percent_encode(server.host())));
}

BOOST_AUTO_TEST_CASE(an_upload_goes_on_after_a_failure_and_once_only)
{
    auto const path = std::filesystem::temp_directory_path() / ("acrx-up-" + std::to_string(::getpid()));
    std::string const text(200'000, 'u');
    std::ofstream(path) << text;
    std::string stored;
    int patches = 0;
    scripted_server server([&](seen_request const& r) {
        if (r.method == "HEAD")
            return reply{.status = stored.size() == text.size() ? 200U : 404U};
        if (r.method == "POST")
            return reply{.status = 202, .headers = {{"Location", "/up/1?_state=a%3D"}}};
        if (r.method == "PATCH" && ++patches == 1) {
            stored = r.body.substr(0, 50'000);
            return reply{.status = 503};
        }
        auto const range = [&] { return "0-" + std::to_string(stored.size() - 1); };
        if (r.method == "GET")
            return reply{.status = 204, .headers = {{"Range", range()}}};
        if (r.method == "PATCH") {
            stored += r.body;
            return reply{.status = 202, .headers = {{"Location", "/up/2?_state=b%3D"}, {"Range", range()}}};
        }
        return reply{.status = 201};
    });
    auto options = quick();
    options.whole_upload_limit = 1000;
    auto client = anonymous(options);
    blob_file const blob{path, blob_of(text)};
    std::vector<net::awaitable<void>> both;
    both.push_back(client.push_blob(in(server), blob));
    both.push_back(client.push_blob(in(server), blob));
    run(when_all(std::move(both)));
    std::filesystem::remove(path);
    BOOST_TEST((stored == text));
    BOOST_TEST(server.count("POST") == 1U);
    BOOST_TEST(server.seen()[4].header("content-range") == "50000-199999");
    BOOST_TEST(server.count("PUT", "/up/2?_state=b%3D&digest=sha256%3A") == 1U);
}

BOOST_AUTO_TEST_CASE(resolve_hashes_where_the_registry_names_no_digest)
{
    std::string const text = R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";
    scripted_server server([&](seen_request const&) {
        return reply{.headers = {{"Content-Type", "application/vnd.oci.image.index.v1+json; charset=utf-8"}}, .body = text};
    });
    auto client = anonymous();
    auto const found = run(client.resolve(in(server)));
    BOOST_REQUIRE(found);
    BOOST_TEST(found->digest.str() == digest_of(text).str());
    BOOST_TEST(found->size == text.size());
}

BOOST_AUTO_TEST_CASE(tags_come_in_pages)
{
    scripted_server server([](seen_request const& r) {
        if (r.target.ends_with("last=b"))
            return reply{.body = R"({"name":"a/b","tags":["c"]})"};
        return reply{.headers = {{"Link", "</v2/a/b/tags/list?n=2&last=b>; rel=\"next\""}}, .body = R"({"name":"a/b","tags":["a","b"]})"};
    });
    auto client = anonymous();
    auto const tags = run(client.list_tags(in(server)));
    std::vector<std::string> const expected{"a", "b", "c"};
    BOOST_TEST(tags == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
