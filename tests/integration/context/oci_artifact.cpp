#include <acrx/context/oci_artifact.hpp>

#include "support/registry_server.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"
#include "support/tar_writer.hpp"

#include <acrx/context/any_context.hpp>
#include <acrx/core/error.hpp>
#include <acrx/identity/anonymous.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/distribution_client.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_oci_artifact)
namespace {
using client = basic_distribution_client<anonymous>;

struct fixture
{
    fixture() : registry(anonymous()) {}

    descriptor push(std::string const& bytes, std::string const& title, bool unpack = false, std::string const& digest = {})
    {
        descriptor layer;
        layer.media_type = "application/vnd.acme.layer";
        layer.digest = digest_of(bytes);
        layer.size = bytes.size();
        if (!title.empty())
            layer.annotations["org.opencontainers.image.title"] = title;
        if (unpack)
            layer.annotations["io.deis.oras.content.unpack"] = "true";
        if (!digest.empty())
            layer.annotations["io.deis.oras.content.digest"] = digest;
        auto const file = folder.write("blob", bytes);
        run(registry.push_blob(name("x"), {file, layer}));
        return layer;
    }
    void tag(std::string const& tag, std::vector<descriptor> layers)
    {
        manifest content;
        content.media_type = std::string(media_type::oci_manifest);
        content.artifact_type = "application/vnd.acme";
        content.config = push("{}", "");
        content.layers = std::move(layers);
        auto const document = to_document(content);
        run(registry.push_manifest(name(tag), document));
        digests[tag] = document.digest.str();
    }
    reference name(std::string const& tag) const { return parse_reference(text(tag)); }
    std::string text(std::string const& tag) const { return server.host() + "/art:" + tag; }
    build_context fetch(std::string const& tag)
    {
        return run(open_context(find_location("oci://" + text(tag)), registry).fetch(folder / "into"));
    }
    errc failure(std::string const& tag)
    {
        try {
            fetch(tag);
        } catch (error const& e) {
            BOOST_TEST(std::filesystem::is_empty(folder / "into"));
            for (auto const code : {errc::outside_root, errc::damaged, errc::digest_mismatch, errc::not_found})
                if (e.code() == code)
                    return code;
            throw;
        }
        throw std::runtime_error("it should fail");
    }
    static std::string gzip(std::string const& bytes)
    {
        scratch_folder scratch;
        scratch.write("a", bytes);
        must("gzip -n " + (scratch / "a").string());
        return read_file(scratch / "a.gz", 1 << 20);
    }

    registry_server server;
    scratch_folder folder;
    client registry;
    std::map<std::string, std::string> digests;
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(lays_files_out_by_their_titles, fixture)
{
    tag("v1", {push("FROM scratch\n", "Dockerfile"), push("deep", "a/b/c.txt"), push("nameless", "")});
    auto const context = fetch("v1");
    BOOST_TEST(read_file(context.root / "Dockerfile", 100) == "FROM scratch\n");
    BOOST_TEST(read_file(context.root / "a/b/c.txt", 100) == "deep");
    BOOST_TEST(std::distance(std::filesystem::recursive_directory_iterator(context.root), {}) == 4);
    BOOST_TEST(context.revision == digests["v1"]);
}

BOOST_FIXTURE_TEST_CASE(unpacks_folders, fixture)
{
    auto const tar = tar_writer().folder("src").file("src/main.c", "int main;").finish();
    tag("v1", {push(gzip(tar), "src", true, digest_of(tar).str())});
    BOOST_TEST(read_file(fetch("v1").root / "src/main.c", 100) == "int main;");
    tag("wrong", {push(gzip(tar), "src", true, digest_of("x").str())});
    std::filesystem::remove_all(folder / "into");
    BOOST_TEST((failure("wrong") == errc::digest_mismatch));
}

BOOST_FIXTURE_TEST_CASE(refuses_what_leads_out, fixture)
{
    int count = 0;
    for (std::string const title : {"../x", "/etc/x", "a/../../x", ".."}) {
        auto const name = "t" + std::to_string(++count);
        tag(name, {push("x", title)});
        BOOST_TEST((failure(name) == errc::outside_root), title);
    }
    for (auto const& tar : {tar_writer().file("other/x").finish(), tar_writer().file("src/../../x").finish(),
                            tar_writer().symlink("src", "/").file("src/x").finish()}) {
        auto const name = "t" + std::to_string(++count);
        tag(name, {push(gzip(tar), "src", true)});
        BOOST_TEST((failure(name) == errc::outside_root));
    }
    tag("twice", {push("1", "x"), push("2", "x")});
    BOOST_TEST((failure("twice") == errc::damaged));
    BOOST_TEST((failure("missing") == errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
