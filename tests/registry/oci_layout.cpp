#include <acrx/registry/oci_layout.hpp>

#include <acrx/core/error.hpp>
#include <registry/layout_fixture.hpp>

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

using namespace acrx;
using registry_tests::contents;
using registry_tests::run;
using registry_tests::scratch_folder;
using registry_tests::store_image;

BOOST_AUTO_TEST_SUITE(registry_oci_layout)

namespace {
auto has_code(error_code code)
{
    return [code](error const& e) { return e.code() == code; };
}

std::size_t files_in(std::filesystem::path const& folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

std::set<std::string> names_of(oci_layout const& layout)
{
    std::set<std::string> names;
    for (auto const& entry : layout.entries())
        names.insert(entry.name);
    return names;
}

/// A sink that appends to `text`.
byte_sink into(std::string& text)
{
    return [&text](std::span<std::byte const> bytes) -> net::awaitable<void> {
        text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        co_return;
    };
}
}  // namespace

BOOST_AUTO_TEST_CASE(makes_a_layout_as_the_specification_wants_it)
{
    scratch_folder folder;
    oci_layout layout(folder.path / "a" / "b");
    BOOST_TEST(contents(layout.root() / "oci-layout") == R"({"imageLayoutVersion":"1.0.0"})");
    BOOST_TEST(contents(layout.root() / "index.json")
               == R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})");
    BOOST_TEST(std::filesystem::is_directory(layout.root() / "blobs" / "sha256"));
    auto const image = store_image(layout, "1");
    layout.tag(parse_reference("x"), image);
    oci_layout again(layout.root());
    BOOST_TEST(again.entries().size() == 1U);
}

BOOST_AUTO_TEST_CASE(refuses_a_layout_of_another_version)
{
    scratch_folder folder;
    registry_tests::write(folder.path / "oci-layout", R"({"imageLayoutVersion":"9.0.0"})");
    BOOST_CHECK_EXCEPTION(oci_layout(folder.path), error, has_code(errc::not_supported));
    registry_tests::write(folder.path / "oci-layout", "zzz");
    BOOST_CHECK_EXCEPTION(oci_layout(folder.path), error, has_code(errc::damaged));
}

BOOST_AUTO_TEST_CASE(stores_and_verifies_blobs)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const blob = layout.write_blob("hello", "text/plain");
    BOOST_TEST(blob.digest.str() == digest_of("hello").str());
    BOOST_TEST(layout.contains(blob.digest));
    BOOST_TEST(layout.read_blob(blob) == "hello");
    BOOST_TEST(files_in(layout.root() / "ingest") == 0U);

    registry_tests::write(layout.blob_path(blob.digest), "hellO");
    BOOST_CHECK_EXCEPTION(layout.read_blob(blob), error, has_code(errc::digest_mismatch));
    BOOST_TEST(layout.remove_blob(blob.digest));
    BOOST_TEST(!layout.remove_blob(blob.digest));
    BOOST_CHECK_EXCEPTION(layout.read_blob(blob), error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(adopts_finished_files)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const first = layout.temporary();
    auto const second = layout.temporary();
    BOOST_TEST(first != second);
    registry_tests::write(first, "abc");
    registry_tests::write(second, "abc");
    layout.adopt(first, digest_of("abc"));
    layout.adopt(second, digest_of("abc"));
    BOOST_TEST(contents(layout.blob_path(digest_of("abc"))) == "abc");
    BOOST_TEST(files_in(layout.root() / "ingest") == 0U);
    BOOST_CHECK_EXCEPTION(layout.adopt(layout.temporary(), digest_of("none")), error,
                          [](error const& e) { return e.code() == boost::system::errc::no_such_file_or_directory; });
}

BOOST_AUTO_TEST_CASE(names_images_and_moves_names)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const one = store_image(layout, "1");
    auto const two = store_image(layout, "2");
    layout.keep(one);
    BOOST_TEST(names_of(layout) == std::set<std::string>{""});
    layout.tag(parse_reference("a:1"), one);
    layout.tag(parse_reference("host:5000/b"), one);
    BOOST_TEST((names_of(layout) == std::set<std::string>{"docker.io/library/a:1", "host:5000/b:latest"}));
    layout.keep(one);
    BOOST_TEST(layout.entries().size() == 2U);
    layout.tag(parse_reference("a:1"), two);
    BOOST_TEST((layout.find("docker.io/library/a:1") == two));
    BOOST_TEST((layout.find("host:5000/b:latest") == one));
    layout.tag(by_digest(parse_reference("h.io/c:1"), two.digest), two);
    BOOST_TEST((layout.find("h.io/c@" + two.digest.str()) == two));
    BOOST_TEST(layout.untag("h.io/c@" + two.digest.str()));
    layout.tag("plain", two);
    BOOST_TEST((layout.find("plain") == two));
    BOOST_TEST(layout.untag("plain"));
    BOOST_TEST(!layout.untag("plain"));
    BOOST_TEST(layout.untag(one.digest.str()));
    BOOST_TEST(names_of(layout) == std::set<std::string>{"docker.io/library/a:1"});
    auto const text = contents(layout.root() / "index.json");
    BOOST_TEST(text.find(R"("io.containerd.image.name":"docker.io/library/a:1")") != std::string::npos);
    BOOST_TEST(text.find(R"("org.opencontainers.image.ref.name":"1")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(writes_nothing_for_a_name_that_stands)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const image = store_image(layout, "1");
    layout.tag(parse_reference("a"), image);
    auto const before = std::filesystem::last_write_time(layout.root() / "index.json");
    layout.tag(parse_reference("a"), image);
    BOOST_TEST((std::filesystem::last_write_time(layout.root() / "index.json") == before));
}

BOOST_AUTO_TEST_CASE(names_nothing_that_is_not_there)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    descriptor absent;
    absent.digest = digest_of("absent");
    BOOST_CHECK_EXCEPTION(layout.tag(parse_reference("a"), absent), error, has_code(errc::not_found));
    BOOST_TEST(layout.entries().empty());
}

BOOST_AUTO_TEST_CASE(keeps_what_other_tools_wrote_into_the_index)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const image = store_image(layout, "1");
    registry_tests::write(layout.root() / "index.json",
                          R"({"schemaVersion":2,"manifests":[{"mediaType":")" + image.media_type + R"(","digest":")"
                              + image.digest.str() + R"(","size":)" + std::to_string(image.size)
                              + R"(,"annotations":{"org.opencontainers.image.ref.name":"v1","x":"y"}}],"annotations":{"k":"v"}})");
    BOOST_TEST(layout.find("v1").value().annotations.at("x") == "y");
    layout.tag(parse_reference("a"), image);
    BOOST_TEST((names_of(layout) == std::set<std::string>{"v1", "docker.io/library/a:latest"}));
    BOOST_TEST(contents(layout.root() / "index.json").find(R"("annotations":{"k":"v"})") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_which_index_is_damaged)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    registry_tests::write(layout.root() / "index.json", "{");
    BOOST_CHECK_EXCEPTION(layout.entries(), error, [](error const& e) {
        return e.code() == errc::damaged && std::string(e.what()).find("index.json") != std::string::npos
               && !e.advice().empty();
    });
}

BOOST_AUTO_TEST_CASE(keeps_the_names_that_many_processes_give_at_once)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const image = store_image(layout, "1");
    constexpr int processes = 4;
    constexpr int names = 10;
    std::vector<pid_t> children;
    for (int p = 0; p < processes; ++p) {
        auto const child = ::fork();
        if (child == 0) {
            oci_layout mine(folder.path);
            for (int n = 0; n < names; ++n)
                mine.tag(parse_reference("p" + std::to_string(p) + ":" + std::to_string(n)), image);
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (auto const child : children) {
        int status = -1;
        ::waitpid(child, &status, 0);
        BOOST_TEST(status == 0);
    }
    BOOST_TEST(names_of(layout).size() == std::size_t{processes * names});
    BOOST_TEST(files_in(layout.root() / "ingest") == 0U);
}

BOOST_AUTO_TEST_CASE(keeps_the_names_that_many_threads_give_at_once)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const image = store_image(layout, "1");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&layout, &image, t] {
                for (int n = 0; n < 10; ++n)
                    layout.tag("t" + std::to_string(t) + "-" + std::to_string(n), image);
            });
    }
    BOOST_TEST(layout.entries().size() == 40U);
}

BOOST_AUTO_TEST_CASE(is_not_blocked_by_a_process_that_died_with_the_lock)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const image = store_image(layout, "1");
    int ready[2];
    BOOST_REQUIRE(::pipe(ready) == 0);
    auto const child = ::fork();
    if (child == 0) {
        auto const lock = file_lock(folder.path / "index.lock");
        [[maybe_unused]] auto const written = ::write(ready[1], "x", 1);
        ::pause();
    }
    char byte = 0;
    BOOST_REQUIRE(::read(ready[0], &byte, 1) == 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    layout.tag("a", image);
    BOOST_TEST(layout.find("a").has_value());
    ::close(ready[0]);
    ::close(ready[1]);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_when_a_write_fails)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    auto const child = ::fork();
    if (child == 0) {
        // A limit on file sizes fails a write half way, as a full disk does.
        rlimit const limit{4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
        try {
            layout.write_blob(std::string(100'000, 'x'));
        } catch (error const&) {
            ::_exit(7);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WEXITSTATUS(status) == 7);
    BOOST_TEST(files_in(layout.root() / "ingest") == 0U);
    BOOST_TEST(!layout.contains(digest_of(std::string(100'000, 'x'))));
}

BOOST_AUTO_TEST_CASE(removes_what_killed_writers_left)
{
    scratch_folder folder;
    oci_layout layout(folder.path);
    registry_tests::write(layout.temporary(), "mine");
    auto const child = ::fork();
    if (child == 0) {
        registry_tests::write(layout.temporary(), "12345");
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    BOOST_TEST(layout.remove_abandoned() == 5U);
    BOOST_TEST(files_in(layout.root() / "ingest") == 1U);
}

BOOST_AUTO_TEST_CASE(serves_as_a_registry)
{
    scratch_folder folder;
    oci_layout source(folder.path / "source");
    oci_layout target(folder.path / "target");
    auto const image = store_image(source, "1");
    auto const name = parse_reference("example.com/app:1");
    source.tag(name, image);

    auto const document = run(source.fetch_manifest(name));
    auto const m = parse_manifest(document.bytes, document.media_type);
    BOOST_TEST(document.digest.str() == image.digest.str());
    BOOST_TEST(!run(target.has_blob(name, m.config.digest)));
    for (auto const& blob : {m.config, m.layers.at(0)}) {
        run(target.push_blob(name, blob_file{source.blob_path(blob.digest), blob}));
        BOOST_TEST(run(target.has_blob(name, blob.digest)));
        BOOST_TEST(run(target.mount_blob(name, blob, "other")));
    }
    run(target.push_manifest(name, document));
    BOOST_TEST((run(target.resolve(name)) == image));
    std::string bytes;
    run(target.fetch_blob(name, m.layers.at(0), into(bytes)));
    BOOST_TEST(bytes == registry_tests::empty_tar());

    auto by_digest = parse_reference("example.com/app@" + image.digest.str());
    BOOST_TEST((run(target.resolve(by_digest)) == image));
    BOOST_TEST(run(target.fetch_manifest(by_digest)).bytes == document.bytes);
    BOOST_TEST(!run(target.resolve(parse_reference("example.com/app:2"))).has_value());
    BOOST_TEST(!run(target.resolve(parse_reference("other.example.com/app:1"))).has_value());
    BOOST_CHECK_EXCEPTION(run(target.fetch_manifest(parse_reference("b"))), error, has_code(errc::not_found));
}

BOOST_AUTO_TEST_CASE(refuses_content_that_is_not_what_it_says)
{
    scratch_folder folder;
    oci_layout layout(folder.path / "layout");
    auto const name = parse_reference("a");
    registry_tests::write(folder.path / "file", "abc");
    descriptor wrong;
    wrong.digest = digest_of("abd");
    wrong.size = 3;
    BOOST_CHECK_EXCEPTION(run(layout.push_blob(name, blob_file{folder.path / "file", wrong})), error,
                          has_code(errc::digest_mismatch));
    BOOST_TEST(!layout.contains(wrong.digest));
    BOOST_TEST(files_in(layout.root() / "ingest") == 0U);
    BOOST_CHECK_EXCEPTION(run(layout.push_manifest(name, {"a/b", "{}", digest_of("x")})), error,
                          has_code(errc::digest_mismatch));

    auto blob = layout.write_blob("abc");
    std::string bytes;
    blob.size = 4;
    BOOST_CHECK_EXCEPTION(run(layout.fetch_blob(name, blob, into(bytes))), error, has_code(errc::digest_mismatch));
    registry_tests::write(layout.blob_path(blob.digest), "abX");
    blob.size = 3;
    BOOST_CHECK_EXCEPTION(run(layout.fetch_blob(name, blob, into(bytes))), error, has_code(errc::digest_mismatch));
}

BOOST_AUTO_TEST_SUITE_END()
