#include <acrx/build/attestation.hpp>  // first: proves that the header stands alone

#include <acrx/image/media_types.hpp>
#include <support/scratch_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_attestation)

platform const here{.os = "linux", .architecture = "arm64", .variant = "v8", .os_version = {}, .os_features = {}};

BOOST_AUTO_TEST_CASE(names_images_by_package_urls)
{
    BOOST_TEST(package_url(parse_reference("busybox"), here) == "pkg:docker/busybox@latest?platform=linux%2Farm64%2Fv8");
    BOOST_TEST(package_url(parse_reference("localhost:5000/a/b:1"), here)
               == "pkg:docker/localhost:5000/a/b@1?platform=linux%2Farm64%2Fv8");
}
BOOST_AUTO_TEST_CASE(makes_statements_about_every_name)
{
    std::vector<reference> const names{parse_reference("a:1"), parse_reference("b:2")};
    attestation const what{"https://example.com/p", {{"k", "v"}}};
    auto const statement = boost::json::parse(to_statement(what, digest_of("m"), names, here));
    BOOST_TEST(statement.at("_type") == "https://in-toto.io/Statement/v1");
    BOOST_TEST(statement.at("subject").as_array().size() == 2U);
    BOOST_TEST(statement.at("subject").at(0).at("digest").at("sha256").as_string() == digest_of("m").encoded());
    BOOST_TEST(statement.at("predicate").at("k") == "v");
    auto const nameless = boost::json::parse(to_statement(what, digest_of("m"), {}, here));
    BOOST_TEST(nameless.at("subject").at(0).at("name") == "_");
}
BOOST_AUTO_TEST_CASE(attaches_them_in_an_index)
{
    testing::scratch_folder folder;
    oci_layout store(folder.path());
    finished_build build;
    auto& image = build.images.emplace_back();
    image.image.config = store.write_blob("{}", media_type::oci_config);
    image.document = to_document(image.image);
    image.platform = here;
    std::vector<attestation> const all{{std::string(spdx_type), {}}, {std::string(provenance_type), {}}};
    image_form form;
    form.annotations.index["i"] = "1";
    form.annotations.manifest_descriptor["d"] = "2";
    attach(store, image, all, {});
    make_index(store, build, form);

    BOOST_REQUIRE(build.index.has_value());
    BOOST_TEST((build.top().digest == build.index->digest));
    auto const index = parse_index(store.read_blob(build.top()));
    BOOST_TEST(index.annotations.at("i") == "1");
    BOOST_REQUIRE(index.manifests.size() == 2U);
    BOOST_TEST((index.manifests[0].digest == image.document.digest));
    BOOST_TEST(index.manifests[0].annotations.at("d") == "2");
    BOOST_TEST(index.manifests[0].platform->architecture == "arm64");
    auto const& entry = index.manifests[1];
    BOOST_TEST(entry.annotations.at("vnd.docker.reference.type") == "attestation-manifest");
    BOOST_TEST(entry.annotations.at("vnd.docker.reference.digest") == image.document.digest.str());
    BOOST_TEST(entry.platform->os == "unknown");
    BOOST_TEST(entry.platform->architecture == "unknown");
    auto const attached = parse_manifest(store.read_blob(entry));
    BOOST_TEST(attached.artifact_type == "application/vnd.docker.attestation.manifest.v1+json");
    BOOST_TEST(attached.config.media_type == media_type::oci_empty);
    BOOST_TEST((attached.subject->digest == image.document.digest));
    BOOST_REQUIRE(attached.layers.size() == 2U);
    BOOST_TEST(attached.layers[0].media_type == "application/vnd.in-toto+json");
    BOOST_TEST(attached.layers[1].annotations.at("in-toto.io/predicate-type") == provenance_type);
    BOOST_TEST(store.contains(attached.layers[1].digest));
    BOOST_CHECK(choose(index, here)->digest == image.document.digest);
}

BOOST_AUTO_TEST_CASE(an_index_lists_all_images_before_what_is_said_of_them)
{
    testing::scratch_folder folder;
    oci_layout store(folder.path());
    std::vector<attestation> const all{{std::string(spdx_type), {}}};
    std::string const base = "org.opencontainers.image.base.";
    finished_build build;
    for (auto const* name : {"linux/amd64", "linux/arm64"}) {
        auto& image = build.images.emplace_back();
        image.platform = parse_platform(name);
        image.image.config = store.write_blob(name, media_type::oci_config);
        image.image.annotations = {{base + "name", "b"}, {base + "digest", name}, {"other", "o"}};
        image.document = to_document(image.image);
        attach(store, image, all, {});
    }
    make_index(store, build, {});

    auto const index = parse_index(store.read_blob(build.top()));
    BOOST_REQUIRE(index.manifests.size() == 4U);
    for (std::size_t i = 0; i < 2; ++i) {
        auto const& id = build.images[i].document.digest;
        BOOST_TEST((index.manifests[i].digest == id));
        BOOST_TEST((index.manifests[i].platform == build.images[i].platform));
        BOOST_TEST(index.manifests[i + 2].annotations.at("vnd.docker.reference.digest") == id.str());
    }
    BOOST_TEST(index.annotations.size() == 1U);  // the images agree on one
    BOOST_TEST(index.annotations.at(base + "name") == "b");
}

BOOST_AUTO_TEST_CASE(an_index_of_dockers_family_is_its_manifest_list)
{
    testing::scratch_folder folder;
    oci_layout store(folder.path());
    finished_build build;
    auto& image = build.images.emplace_back();
    image.image.media_type = media_type::docker_manifest;
    image.image.config = store.write_blob("{}", media_type::docker_config);
    image.document = to_document(image.image);
    image.platform = here;
    image_form form;
    form.family = image_family::docker;
    make_index(store, build, form);
    BOOST_TEST(build.top().media_type == media_type::docker_index);
    auto const index = parse_index(store.read_blob(build.top()), build.top().media_type);
    BOOST_TEST(index.manifests.at(0).media_type == media_type::docker_manifest);
}

BOOST_AUTO_TEST_SUITE_END()
