#include <acrx/registry/distribution_client.hpp>

#include <acrx/core/error.hpp>
#include <acrx/image/media_types.hpp>

#include <support/registry_server.hpp>
#include <support/run.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

using namespace acrx;
using acrx::testing::registry_server;
using acrx::testing::registry_setup;
using acrx::testing::run;

BOOST_AUTO_TEST_SUITE(integration_distribution_client)

struct fixed_credentials
{
    credential who;
    net::awaitable<credential> find(std::string) { co_return who; }
};
using client_type = basic_distribution_client<fixed_credentials>;

registry_options quick()
{
    registry_options options;
    options.retry.base = std::chrono::milliseconds(5);
    return options;
}

std::string noise(std::size_t size)
{
    std::mt19937_64 random(size);
    std::string text(size, '\0');
    for (auto& c : text)
        c = static_cast<char>(random());
    return text;
}

struct scratch_blob
{
    explicit scratch_blob(std::string const& text)
        : path(std::filesystem::temp_directory_path() / ("acrx-blob-" + std::to_string(::getpid()) + "-" + digest_of(text).str().substr(7, 8)))
    {
        std::ofstream(path, std::ios::binary) << text;
        content.media_type = media_type::oci_layer;
        content.digest = digest_of(text);
        content.size = text.size();
    }
    ~scratch_blob() { std::filesystem::remove(path); }
    blob_file file() const { return {path, content}; }
    std::filesystem::path path;
    descriptor content;
};

std::string download(client_type& client, reference ref, descriptor blob)
{
    std::string text;
    byte_sink const sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        co_return;
    };
    run(client.fetch_blob(std::move(ref), std::move(blob), sink));
    return text;
}

manifest_document image_of(descriptor config, std::vector<descriptor> layers, std::optional<descriptor> subject = {})
{
    manifest m;
    m.media_type = media_type::oci_manifest;
    config.media_type = media_type::oci_config;
    m.config = std::move(config);
    m.layers = std::move(layers);
    m.subject = std::move(subject);
    return to_document(m);
}

void push_and_pull(client_type client, std::string const& host)
{
    auto const ref = parse_reference(host + "/team/app:1");
    auto const small = noise(1000);
    auto const large = noise(12'000'000);
    scratch_blob const config(small), layer(large);
    BOOST_TEST(!run(client.has_blob(ref, layer.content.digest)));
    BOOST_TEST(!run(client.resolve(ref)));
    run(client.push_blob(ref, config.file()));
    run(client.push_blob(ref, layer.file()));
    BOOST_TEST(run(client.has_blob(ref, layer.content.digest)));
    auto const document = image_of(config.content, {layer.content});
    run(client.push_manifest(ref, document));

    auto const found = run(client.resolve(ref));
    BOOST_REQUIRE(found);
    BOOST_TEST(found->digest.str() == document.digest.str());
    BOOST_TEST(found->size == document.bytes.size());
    BOOST_TEST(run(client.fetch_manifest(ref)).bytes == document.bytes);
    BOOST_TEST((download(client, ref, layer.content) == large));
    BOOST_TEST((download(client, ref, config.content) == small));
    BOOST_TEST(run(client.list_tags(ref)) == std::vector<std::string>{"1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pushes_and_pulls_without_tls)
{
    registry_server server;
    push_and_pull(client_type({}, quick()), server.host());
}

BOOST_AUTO_TEST_CASE(pushes_and_pulls_over_tls_with_users)
{
    registry_server server(registry_setup{.tls = true, .user = "ann", .password = "pass word:1"});
    auto options = quick();
    options.http.ca_file = server.ca_file();
    push_and_pull(client_type({credential{.user = "ann", .secret = "pass word:1", .identity_token = {}, .registry_token = {}}}, options),
                  server.host());
}

BOOST_AUTO_TEST_CASE(an_unknown_authority_is_refused_unless_the_host_is_insecure)
{
    registry_server server(registry_setup{.tls = true});
    auto const ref = parse_reference(server.host() + "/app:1");
    client_type strict({}, quick());
    BOOST_CHECK_EXCEPTION(run(strict.resolve(ref)), error, [&](error const& e) {
        return is_certificate_failure(e.code()) && std::string(e.what()).find(server.host()) != std::string::npos
               && !e.advice().empty();
    });
    auto options = quick();
    options.insecure = {server.host()};
    client_type lax({}, options);
    BOOST_TEST(!run(lax.resolve(ref)));
}

BOOST_AUTO_TEST_CASE(wrong_credentials_are_an_error_without_the_password)
{
    registry_server server(registry_setup{.user = "ann", .password = "right"});
    auto const ref = parse_reference(server.host() + "/app:1");
    client_type wrong({credential{.user = "ann", .secret = "hunter2", .identity_token = {}, .registry_token = {}}}, quick());
    client_type nobody({}, quick());
    for (auto* client : {&wrong, &nobody})
        BOOST_CHECK_EXCEPTION(run(client->resolve(ref)), error, [&](error const& e) {
            auto const text = std::string(e.what()) + e.advice();
            return e.code() == errc::unauthorized && text.find("hunter2") == std::string::npos
                   && text.find(server.host()) != std::string::npos;
        });
}

BOOST_AUTO_TEST_CASE(mounts_from_another_repository)
{
    registry_server server;
    client_type client({}, quick());
    auto const base = parse_reference(server.host() + "/base:1");
    auto const app = parse_reference(server.host() + "/app:1");
    scratch_blob const layer(noise(5000)), other(noise(5001));
    run(client.push_blob(base, layer.file()));
    BOOST_TEST(run(client.mount_blob(app, layer.content, "base")));
    BOOST_TEST(run(client.has_blob(app, layer.content.digest)));
    BOOST_TEST(!run(client.mount_blob(app, other.content, "base")));
    run(client.push_blob(app, other.file()));
    BOOST_TEST(run(client.has_blob(app, other.content.digest)));
}

net::awaitable<void> stream(client_type& client, reference ref, std::string text)
{
    auto upload = co_await client.begin_upload(ref);
    for (std::size_t at = 0; at < text.size(); at += 700'000) {
        auto const piece = std::string_view(text).substr(at, 700'000);
        auto const bytes = std::as_bytes(std::span(piece.data(), piece.size()));
        co_await upload.append(bytes);
    }
    co_await upload.commit(digest_of(text));
}

net::awaitable<void> abandon(client_type& client, reference ref, std::string text)
{
    auto upload = co_await client.begin_upload(ref);
    auto const bytes = std::as_bytes(std::span(text.data(), text.size()));
    co_await upload.append(bytes);
    co_await upload.abort();
}

BOOST_AUTO_TEST_CASE(streams_blobs_whose_digest_comes_last)
{
    registry_server server;
    client_type client({}, quick());
    auto const ref = parse_reference(server.host() + "/app:1");
    for (auto size : {std::size_t{0}, std::size_t{10}, std::size_t{8} << 20, std::size_t{20'000'000}}) {
        auto const text = noise(size);
        run(stream(client, ref, text));
        descriptor blob;
        blob.digest = digest_of(text);
        blob.size = size;
        BOOST_TEST((download(client, ref, blob) == text));
    }
    run(abandon(client, ref, noise(9'000'000)));
}

BOOST_AUTO_TEST_CASE(keeps_referrers_where_the_registry_has_no_lists)
{
    registry_server server;
    client_type client({}, quick());
    auto const ref = parse_reference(server.host() + "/app:1");
    scratch_blob const config(noise(64));
    run(client.push_blob(ref, config.file()));
    auto const subject = image_of(config.content, {config.content});
    run(client.push_manifest(ref, subject));
    BOOST_TEST(run(client.list_referrers(ref, subject.digest)).empty());
    manifest m = parse_manifest(subject.bytes, subject.media_type);
    m.subject = describe(subject);
    for (auto const* type : {"application/vnd.acrx.a", "application/vnd.acrx.b"}) {
        m.artifact_type = type;
        auto const document = to_document(m);
        run(client.push_referrer(ref, document));
        run(client.push_referrer(ref, document));
    }
    BOOST_TEST(run(client.list_referrers(ref, subject.digest)).size() == 2U);
    auto const one = run(client.list_referrers(ref, subject.digest, "application/vnd.acrx.b"));
    BOOST_REQUIRE(one.size() == 1U);
    BOOST_TEST(one.front().artifact_type == "application/vnd.acrx.b");
}

BOOST_AUTO_TEST_CASE(nobody_there_is_an_error_that_names_the_host)
{
    client_type client({}, quick());
    BOOST_CHECK_EXCEPTION(run(client.resolve(parse_reference("localhost:1/app"))), error, [](error const& e) {
        return e.code() == boost::system::errc::connection_refused && std::string(e.what()).find("localhost:1") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
