// Images for Windows: a base whose layer is distributed by its own server alone.
#include "build_fixture.hpp"

#include <support/registry_server.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(quick_task_windows)
namespace {
bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

/// `registry` has the image `win/base:1`, but not its layer, which `owner` distributes.
struct fixture : build_fixture
{
    fixture()
    {
        scratch_folder base;
        base.write("Dockerfile", "FROM scratch\nCOPY . /\n");
        base.write(".dockerignore", "Dockerfile\n");
        base.write("Files/Windows/cmd.exe", "MZ");
        base.write("Hives/System_Delta", "regf");
        must(quick("build --platform 'windows(10.0.20348.1)/amd64' -r " + owner.host() + " -t win/base:1 " + base.path().string()));
        auto const from = "http://" + owner.host() + "/v2/win/base/";
        auto manifest = must("curl -sf -H 'Accept: application/vnd.oci.image.manifest.v1+json' " + from + "manifests/1");
        layer = digest_after(manifest, "\"layers\"");
        auto const type = manifest.find("image.layer.v1");
        manifest.replace(type, 14, "image.layer.nondistributable.v1");
        manifest.insert(manifest.find('}', type), ",\"urls\":[\"" + from + "blobs/" + layer + "\"]");
        scratch.write("manifest", manifest);
        auto const to = "http://" + registry.host() + "/v2/win/base/";
        auto const config = digest_after(manifest, "\"config\"");
        must("cd " + scratch.path().string() + " && curl -sf " + from + "blobs/" + config
             + " > config && where=$(curl -sfi -X POST " + to + "blobs/uploads/ | tr -d '\\r' | sed -n 's/^Location: //p')"
             + " && curl -sf -X PUT -H 'Content-Type: application/octet-stream' --data-binary @config \"$where&digest=" + config + "\""
             + " && curl -sf -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' --data-binary @manifest "
             + to + "manifests/1");
        context.write("a", "alpha\n");
    }
    static std::string digest_after(std::string const& text, std::string const& mark)
    {
        return text.substr(text.find("sha256:", text.find(mark)), 71);
    }
    std::string pushed_manifest(std::string const& name) const
    {
        return must("curl -sf -H 'Accept: application/vnd.oci.image.manifest.v1+json' http://" + registry.host() + "/v2/" + name + "/manifests/1");
    }
    bool is_in_registry(std::string const& name) const
    {
        return shell("curl -sfI http://" + registry.host() + "/v2/" + name + "/blobs/" + layer).status == 0;
    }
    shell_result build_on_it(std::string const& lines, std::string const& options) const
    {
        context.write("Dockerfile", "FROM " + registry.host() + "/win/base:1\n" + lines);
        return shell(quick("build --platform windows/amd64 -r " + registry.host() + " " + options + " " + context.path().string()));
    }

    registry_server owner;
    registry_server registry{{.takes_foreign_layers = true}};
    std::string layer;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(leaves_a_foreign_layer_to_its_server, fixture)
{
    auto const metadata = build_on_it("ENV A=1\n", "-t app:1");
    BOOST_REQUIRE_MESSAGE(metadata.status == 0, metadata.output);
    BOOST_TEST(!has(metadata.output, "pulling layer"), metadata.output);
    BOOST_TEST(!has(metadata.output, "indexing layer"), metadata.output);
    auto const manifest = pushed_manifest("app");
    BOOST_TEST(has(manifest, "image.layer.nondistributable.v1"), manifest);
    BOOST_TEST(has(manifest, "\"urls\":[\"http://" + owner.host()), manifest);
    BOOST_TEST(!is_in_registry("app"));
}

BOOST_FIXTURE_TEST_CASE(reads_a_foreign_layer_from_its_server_where_files_are_needed, fixture)
{
    auto const built = build_on_it("COPY a /Windows\nCOPY --from=" + registry.host() + "/win/base:1 /Windows/cmd.exe /c.exe\n", "-t files:1");
    BOOST_REQUIRE_MESSAGE(built.status == 0, built.output);
    BOOST_TEST(!is_in_registry("files"));
    auto const manifest = pushed_manifest("files");
    auto const last = manifest.substr(manifest.rfind("sha256:", manifest.find("\"annotations\"")), 71);
    auto const names = must("curl -sf http://" + registry.host() + "/v2/files/blobs/" + last + " | tar -tz 2>/dev/null");
    BOOST_TEST(names == "Files/\nHives/\nFiles/c.exe\n");
    auto const whole = must("curl -sf http://" + registry.host() + "/v2/files/blobs/" + last + " | tar -xzO Files/c.exe 2>/dev/null");
    BOOST_TEST(whole == "MZ");
    BOOST_TEST(has(must("skopeo inspect --tls-verify=false --override-os windows docker://" + registry.host() + "/files:1"), "\"Os\": \"windows\""));
}

BOOST_FIXTURE_TEST_CASE(distributes_a_foreign_layer_if_it_is_asked_to, fixture)
{
    auto const built = build_on_it("ENV A=1\n", "-t own:1 --output type=image,push=true,prefer-nondist-layers=false");
    BOOST_REQUIRE_MESSAGE(built.status == 0, built.output);
    auto const manifest = pushed_manifest("own");
    BOOST_TEST(!has(manifest, "urls"), manifest);
    BOOST_TEST(has(manifest, "image.layer.v1.tar+gzip"), manifest);
    BOOST_TEST(is_in_registry("own"));
}
BOOST_AUTO_TEST_SUITE_END()
