#include <acrx/registry/image_archive.hpp>

#include <acrx/core/error.hpp>
#include <registry/layout_fixture.hpp>

#include <boost/test/unit_test.hpp>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

using namespace acrx;
using registry_tests::contents;
using registry_tests::scratch_folder;
using registry_tests::store_image;

BOOST_AUTO_TEST_SUITE(registry_image_archive)

namespace {
using tar_entries = std::vector<std::pair<std::string, std::string>>;

/// Names and contents, in the order of the archive.
tar_entries read_tar(std::filesystem::path const& file)
{
    std::unique_ptr<archive, int (*)(archive*)> const tar(::archive_read_new(), &::archive_read_free);
    ::archive_read_support_format_tar(tar.get());
    BOOST_REQUIRE(::archive_read_open_filename(tar.get(), file.c_str(), 10240) == ARCHIVE_OK);
    tar_entries entries;
    for (archive_entry* entry = nullptr; ::archive_read_next_header(tar.get(), &entry) == ARCHIVE_OK;) {
        BOOST_TEST(::archive_entry_mtime(entry) == 0);
        BOOST_TEST(::archive_entry_uid(entry) == 0);
        std::string bytes(static_cast<std::size_t>(::archive_entry_size(entry)), '\0');
        ::archive_read_data(tar.get(), bytes.data(), bytes.size());
        entries.emplace_back(::archive_entry_pathname(entry), std::move(bytes));
    }
    return entries;
}

std::string find(tar_entries const& entries, std::string const& name)
{
    for (auto const& [path, bytes] : entries)
        if (path == name)
            return bytes;
    BOOST_ERROR("no " + name);
    return {};
}

struct with_image
{
    scratch_folder folder;
    oci_layout layout{folder.path / "layout"};
    descriptor image = store_image(layout, "1");
    std::vector<reference> names{parse_reference("a"), parse_reference("example.com/b:2")};
    std::filesystem::path file = folder.path / "image.tar";
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(holds_a_whole_layout, with_image)
{
    write_oci_archive(layout, image, names, file);
    auto const entries = read_tar(file);
    BOOST_TEST(std::ranges::is_sorted(entries));
    BOOST_TEST(find(entries, "oci-layout") == R"({"imageLayoutVersion":"1.0.0"})");
    auto const index = parse_index(find(entries, "index.json"));
    BOOST_REQUIRE(index.manifests.size() == 2U);
    BOOST_TEST(index.manifests[1].annotations.at("io.containerd.image.name") == "example.com/b:2");
    auto const m = parse_manifest(find(entries, "blobs/sha256/" + std::string(image.digest.encoded())));
    BOOST_TEST(find(entries, "blobs/sha256/" + std::string(m.layers.at(0).digest.encoded())) == registry_tests::empty_tar());
    BOOST_TEST(entries.size() == 7U);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 2);
}

BOOST_FIXTURE_TEST_CASE(depends_on_nothing_but_the_image, with_image)
{
    write_oci_archive(layout, image, names, file);
    auto const first = contents(file);
    oci_layout other(folder.path / "other");
    BOOST_TEST((store_image(other, "1") == image));
    write_oci_archive(other, image, names, file);
    BOOST_TEST((contents(file) == first));
}

BOOST_FIXTURE_TEST_CASE(says_to_docker_what_is_in_it, with_image)
{
    write_docker_archive(layout, image, names, file);
    auto const entries = read_tar(file);
    auto const m = parse_manifest(layout.read_blob(image));
    auto const path = [](descriptor const& d) { return "blobs/sha256/" + std::string(d.digest.encoded()); };
    BOOST_TEST(find(entries, "manifest.json")
               == R"([{"Config":")" + path(m.config) + R"(","RepoTags":["a:latest","example.com/b:2"],"Layers":[")"
                      + path(m.layers.at(0)) + R"("]}])");
    BOOST_TEST(!find(entries, "index.json").empty());
}

BOOST_FIXTURE_TEST_CASE(holds_all_images_of_an_index, with_image)
{
    image_index all;
    all.manifests = {image, store_image(layout, "2")};
    auto const document = to_document(all);
    auto const d = layout.write_blob(document.bytes, document.media_type);
    write_oci_archive(layout, d, {}, file);
    // Two folders, index, two manifests, two configs, one layer that both share, two files at the top.
    BOOST_TEST(read_tar(file).size() == 10U);
    BOOST_CHECK_EXCEPTION(write_docker_archive(layout, d, {}, file), error,
                          [](error const& e) { return e.code() == errc::not_supported; });
}

BOOST_FIXTURE_TEST_CASE(shows_docker_the_image_that_an_index_attests, with_image)
{
    auto attestation = store_image(layout, "2");
    attestation.annotations["vnd.docker.reference.type"] = "attestation-manifest";
    image_index all;
    all.manifests = {image, attestation};
    auto const document = to_document(all);
    auto const d = layout.write_blob(document.bytes, document.media_type);
    write_docker_archive(layout, d, names, file);
    auto const entries = read_tar(file);
    auto const m = parse_manifest(layout.read_blob(image));
    BOOST_TEST(find(entries, "manifest.json").find(m.config.digest.encoded()) != std::string::npos);
    BOOST_TEST((parse_index(find(entries, "index.json")).manifests.at(0).digest == d.digest));
}

BOOST_FIXTURE_TEST_CASE(writes_a_layout_as_a_folder_and_adds_to_it, with_image)
{
    auto const out = folder.path / "out";
    write_oci_folder(layout, image, names, out);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(out), {}) == 3);
    auto const second = store_image(layout, "2");
    write_oci_folder(layout, second, {parse_reference("a")}, out / "");
    oci_layout const written(out);
    BOOST_TEST((written.find("docker.io/library/a:latest")->digest == second.digest));
    BOOST_TEST((written.find("example.com/b:2")->digest == image.digest));
    BOOST_TEST((written.read_blob(second) == layout.read_blob(second)));
}

BOOST_FIXTURE_TEST_CASE(leaves_other_folders_alone, with_image)
{
    auto const out = folder.path / "out";
    std::filesystem::create_directory(out);
    registry_tests::write(out / "mine", "x");
    BOOST_CHECK_THROW(write_oci_folder(layout, image, names, out), error);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(out), {}) == 1);
    std::stop_source stop;
    stop.request_stop();
    BOOST_CHECK_THROW(write_oci_folder(layout, image, names, folder.path / "new", stop.get_token()), error);
    layout.remove_blob(parse_manifest(layout.read_blob(image)).config.digest);
    BOOST_CHECK_THROW(write_oci_folder(layout, image, names, folder.path / "new"), error);
    BOOST_TEST(!std::filesystem::exists(folder.path / "new"));
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 2);
}

BOOST_FIXTURE_TEST_CASE(names_all_missing_blobs_and_writes_nothing, with_image)
{
    auto const m = parse_manifest(layout.read_blob(image));
    layout.remove_blob(m.config.digest);
    layout.remove_blob(m.layers.at(0).digest);
    BOOST_CHECK_EXCEPTION(write_oci_archive(layout, image, names, file), error, [&m](error const& e) {
        std::string const text = e.what();
        return e.code() == errc::not_found && text.find(m.config.digest.str()) != std::string::npos
               && text.find(m.layers.at(0).digest.str()) != std::string::npos;
    });
    BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_FIXTURE_TEST_CASE(leaves_the_old_file_alone_when_it_fails, with_image)
{
    registry_tests::write(file, "old");
    auto const m = parse_manifest(layout.read_blob(image));
    registry_tests::write(layout.blob_path(m.layers.at(0).digest), "short");
    BOOST_CHECK_EXCEPTION(write_oci_archive(layout, image, names, file), error,
                          [](error const& e) { return e.code() == errc::damaged; });
    std::stop_source stop;
    stop.request_stop();
    oci_layout whole(folder.path / "layout2");
    auto const other = store_image(whole, "3");
    BOOST_CHECK_EXCEPTION(write_oci_archive(whole, other, names, file, stop.get_token()), error,
                          [](error const& e) { return e.code() == errc::canceled; });
    BOOST_TEST(contents(file) == "old");
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 3);
}

BOOST_FIXTURE_TEST_CASE(writes_to_an_open_file_and_says_when_the_disk_is_full, with_image)
{
    write_oci_archive(layout, image, names, file);
    auto const copy = folder.path / "copy.tar";
    int const open_file = ::open(copy.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    write_oci_archive(layout, image, names, open_file);
    ::close(open_file);
    BOOST_TEST((contents(copy) == contents(file)));
    BOOST_CHECK_EXCEPTION(write_oci_archive(layout, image, names, "/dev/full"), error, [](error const& e) {
        return e.code() == boost::system::errc::no_space_on_device && !e.advice().empty();
    });
}

BOOST_AUTO_TEST_SUITE_END()
