// Machines that share a layer cache: in a registry, and in a folder.
#include "support/registry_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/shell.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

using namespace acrx::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(cache_shared_cache)
namespace {
boost::test_tools::assertion_result can_run_steps(boost::unit_test::test_unit_id)
{
    return ::geteuid() == 0 && fs::exists("/bin/busybox");
}

auto const one_stage = "FROM scratch\nCOPY busybox /bin/sh\nCOPY busybox /bin/busybox\n"
                       "RUN busybox head -c 3000 /dev/urandom > /random\nWORKDIR /data\n";
auto const two_stages = "FROM scratch AS make\nCOPY busybox /bin/sh\nCOPY busybox /bin/busybox\n"
                        "RUN busybox seq 1 1000 > /numbers\n"
                        "FROM scratch\nCOPY busybox /usr/bin/tool\nCOPY --from=make /numbers /usr/share/\n";

/// A context, and state folders that stand for machines.
struct machines
{
    machines()
    {
        fs::create_directories(folder / "ctx");
        fs::copy_file("/bin/busybox", folder / "ctx/busybox");
    }

    shell_result build(std::string const& machine, std::string const& dockerfile, std::string const& options) const
    {
        folder.write("ctx/Dockerfile", dockerfile);
        return shell(std::string(ACRX_QUICK) + " build --progress plain --home " + home(machine).string() + " " + options
                     + " " + (folder / "ctx").string());
    }
    std::string must_build(std::string const& machine, std::string const& dockerfile, std::string const& options) const
    {
        auto result = build(machine, dockerfile, options);
        if (result.status != 0)
            throw std::runtime_error(result.output);
        return result.output;
    }
    fs::path home(std::string const& machine) const { return folder / ("home-" + machine); }
    /// Bytes of all blobs on a machine.
    std::uintmax_t stored(std::string const& machine) const
    {
        std::uintmax_t bytes = 0;
        for (auto const& entry : fs::directory_iterator(home(machine) / "blobs/sha256"))
            bytes += entry.file_size();
        return bytes;
    }
    std::string ref(std::string const& name) const { return registry.host() + "/" + name; }
    std::string to(std::string const& name, std::string const& more = {}) const
    {
        return "--cache-to type=registry,ref=" + ref(name) + more + " ";
    }
    std::string from(std::string const& name) const { return "--cache-from type=registry,ref=" + ref(name) + " "; }
    std::string digest_of_image(std::string const& name) const
    {
        return must("skopeo inspect --tls-verify=false docker://" + ref(name) + " --format '{{.Digest}}'");
    }
    /// Changes all large blobs of the registry.
    void spoil(auto change) const
    {
        int changed = 0;
        for (auto const& entry : fs::recursive_directory_iterator(registry.storage() / "docker/registry/v2/blobs"))
            if (entry.path().filename() == "data" && entry.file_size() > 2500 && ++changed)
                change(entry.path());
        BOOST_TEST_REQUIRE(changed > 0);
    }

    scratch_folder folder;
    registry_server registry;
};

std::ptrdiff_t count(std::string const& text, std::string const& word)
{
    std::ptrdiff_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        ++found;
    return found;
}
}  // namespace

BOOST_FIXTURE_TEST_CASE(another_machine_runs_no_step_and_moves_no_layer, machines,
                        *boost::unit_test::precondition(can_run_steps))
{
    auto const first = must_build("a", one_stage, to("cache:1") + "-t " + ref("app:1"));
    BOOST_TEST(first.find("Saved the layer cache") != std::string::npos, first);
    auto const second = must_build("b", one_stage, from("cache:1") + "-t " + ref("again:1"));
    BOOST_TEST(count(second, "CACHED") == 4, second);
    BOOST_TEST(stored("b") < 20'000U);
    BOOST_TEST(digest_of_image("app:1") == digest_of_image("again:1"));
    must("skopeo copy --src-tls-verify=false docker://" + ref("again:1") + " dir:" + (folder / "copy").string());
    // The cache of the machine knows it now.
    auto const third = must_build("b", one_stage, "-t third");
    BOOST_TEST(count(third, "CACHED") == 4, third);
    // A step on top fetches what it stands on.
    auto const more = must_build("b", std::string(one_stage) + "RUN busybox wc -c /random\n", "-t more");
    BOOST_TEST(count(more, "CACHED") == 4, more);
    BOOST_TEST(more.find("3000 /random") != std::string::npos, more);
}

BOOST_FIXTURE_TEST_CASE(steps_found_on_the_machine_are_saved_too, machines, *boost::unit_test::precondition(can_run_steps))
{
    must_build("a", one_stage, "-t app");
    must_build("a", one_stage, to("cache:1") + "-t app");
    auto const second = must_build("b", one_stage, from("cache:1") + "-t app");
    BOOST_TEST(count(second, "CACHED") == 4, second);
    auto const again = must_build("a", one_stage, to("cache:1") + "-t app");
    BOOST_TEST(again.find("is up to date") != std::string::npos, again);
}

BOOST_FIXTURE_TEST_CASE(the_mode_says_which_steps_are_saved, machines, *boost::unit_test::precondition(can_run_steps))
{
    must_build("a", two_stages, to("min:1") + to("max:1", ",mode=max") + "-t app");
    auto const all = must_build("b", two_stages, from("max:1") + "-t app");
    BOOST_TEST(count(all, "CACHED") == 5, all);
    auto const last = must_build("c", two_stages, from("min:1") + "-t app");
    BOOST_TEST(count(last, "COPY busybox /usr/bin/tool\n") == 1, last);
    BOOST_TEST(count(last, "CACHED") >= 1, last);
    BOOST_TEST(count(last, "CACHED") <= 2, last);  // the first stage is made again
}

BOOST_FIXTURE_TEST_CASE(the_older_form_is_an_index_of_blobs, machines, *boost::unit_test::precondition(can_run_steps))
{
    must_build("a", one_stage, to("index:1", ",image-manifest=false") + "-t app");
    BOOST_TEST(must("skopeo inspect --raw --tls-verify=false docker://" + ref("index:1")).find("image.index") != std::string::npos);
    auto const second = must_build("b", one_stage, from("index:1") + "-t app");
    BOOST_TEST(count(second, "CACHED") == 4, second);
}

BOOST_FIXTURE_TEST_CASE(several_platforms_share_one_cache, machines)
{
    auto const steps = "FROM scratch\nARG TARGETARCH\nCOPY busybox /$TARGETARCH\nCOPY busybox /same\n";
    std::string const two = "--platform linux/amd64,linux/arm64 -t app";
    must_build("a", steps, to("cache:1", ",mode=max") + two);
    auto const second = must_build("b", steps, from("cache:1") + two);
    BOOST_TEST(count(second, "CACHED") == 4, second);
}

BOOST_FIXTURE_TEST_CASE(spoilt_layers_are_noticed_and_made_again, machines, *boost::unit_test::precondition(can_run_steps))
{
    must_build("a", one_stage, to("cache:1") + "-t app");
    auto const more = std::string(one_stage) + "RUN busybox wc -c /random\n";
    spoil([](fs::path const& file) { fs::resize_file(file, fs::file_size(file) / 2); });
    auto const truncated = must_build("b", more, from("cache:1") + "-t app");
    BOOST_TEST(truncated.find("its step is run again") != std::string::npos, truncated);
    BOOST_TEST(truncated.find("3000 /random") != std::string::npos, truncated);

    spoil([](fs::path const& file) {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(100);
        bytes.put('!');
    });
    auto const poisoned = must_build("c", more, from("cache:1") + "-t app");
    BOOST_TEST(poisoned.find("its step is run again") != std::string::npos, poisoned);
    BOOST_TEST(poisoned.find("3000 /random") != std::string::npos, poisoned);
}

BOOST_FIXTURE_TEST_CASE(a_cache_that_does_not_answer_is_told_once, machines)
{
    auto const plain = "FROM scratch\nCOPY busybox /a\nCOPY busybox /b\n";
    auto const closed = must_build("a", plain, "--cache-from localhost:1/cache --cache-to localhost:1/cache -t app");
    BOOST_TEST(count(closed, "localhost:1/cache is not used") == 1, closed);
    BOOST_TEST(count(closed, "localhost:1/cache was not saved") == 1, closed);
    auto const missing = must_build("b", plain, from("nothing:1") + "-t " + ref("image:1"));
    BOOST_TEST(missing.find("there is none yet") != std::string::npos, missing);
    auto const image = must_build("c", plain, from("image:1") + "-t app");
    BOOST_TEST(image.find("without a layer cache in it") != std::string::npos, image);
}

BOOST_FIXTURE_TEST_CASE(a_folder_serves_as_well, machines, *boost::unit_test::precondition(can_run_steps))
{
    auto const place = (folder / "shared").string();
    must_build("a", two_stages, "--cache-to type=local,mode=max,dest=" + place + " -t app");
    auto const second = must_build("b", two_stages, "--cache-from type=local,src=" + place + " -t app");
    BOOST_TEST(count(second, "CACHED") == 5, second);
    for (auto const& entry : fs::directory_iterator(fs::path(place) / "blobs/sha256"))
        if (entry.file_size() > 50'000)
            fs::resize_file(entry.path(), 100);
    auto const third = must_build("c", two_stages, "--cache-from type=local,src=" + place + " -t app");
    BOOST_TEST(third.find("A cached layer cannot be used") != std::string::npos, third);
    auto const none = must_build("d", two_stages, "--cache-from type=local,src=" + place + "/none -t app");
    BOOST_TEST(none.find("there is none yet") != std::string::npos, none);
    BOOST_TEST(!fs::exists(place + "/none"));
}

BOOST_FIXTURE_TEST_CASE(layers_are_saved_in_the_format_that_is_asked_for, machines,
                        *boost::unit_test::precondition(can_run_steps))
{
    auto const inspect = [&](std::string const& name, std::string const& how) {
        return must("skopeo inspect --raw --tls-verify=false " + how + " docker://" + ref(name));
    };
    auto const zstd = std::string(",compression=zstd,compression-level=5,force-compression=true");
    must_build("a", one_stage, to("zstd:1", zstd) + to("plain:1") + "-t " + ref("app:1"));
    BOOST_TEST(count(inspect("zstd:1", ""), "tar+zstd") == 4);
    BOOST_TEST(count(inspect("plain:1", ""), "tar+gzip") == 4);
    BOOST_TEST(count(inspect("app:1", ""), "tar+gzip") == 4);
    auto const second = must_build("b", one_stage, from("zstd:1") + "-t " + ref("again:1"));
    BOOST_TEST(count(second, "CACHED") == 4, second);
    BOOST_TEST(count(inspect("again:1", ""), "tar+gzip") == 4);
    BOOST_TEST(inspect("again:1", "--config") == inspect("app:1", "--config"));
    auto const again = must_build("a", one_stage, to("zstd:1", zstd) + "-t app");
    BOOST_TEST(again.find("is up to date") != std::string::npos, again);
}

BOOST_FIXTURE_TEST_CASE(a_folder_keeps_older_caches_by_their_digests, machines,
                        *boost::unit_test::precondition(can_run_steps))
{
    auto const place = (folder / "shared").string();
    must_build("a", one_stage, "--cache-to type=local,dest=" + place + " -t app");
    auto const old = must("grep -o 'sha256:[0-9a-f]*' " + place + "/index.json | head -1 | tr -d '\n'");
    must_build("b", two_stages, "--cache-to type=local,compression=zstd,dest=" + place + " -t app");
    auto const found =
        must_build("c", one_stage, "--cache-from type=local,src=" + place + ",digest=" + old + " -t app");
    BOOST_TEST(count(found, "CACHED") == 4, found);
    auto const none = must_build(
        "d", one_stage, "--cache-from type=local,src=" + place + ",digest=sha256:" + std::string(64, '0') + " -t app");
    BOOST_TEST(none.find(place + " is not used: ") != std::string::npos, none);
}

BOOST_FIXTURE_TEST_CASE(an_image_holds_its_own_cache, machines, *boost::unit_test::precondition(can_run_steps))
{
    for (auto const* way : {"--cache-to type=inline ", "--build-arg BUILDKIT_INLINE_CACHE=1 "}) {
        auto const name = "inline:" + std::string(way).substr(2, 5);
        must_build(std::string("a") + way[2], one_stage, way + std::string("-t ") + ref(name));
        auto const second =
            must_build(std::string("b") + way[2], one_stage, from(name) + way + "-t " + ref(name + "2"));
        BOOST_TEST(count(second, "CACHED") == 4, second);
        BOOST_TEST(digest_of_image(name) == digest_of_image(name + "2"));
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_cache_option_is_refused, machines)
{
    for (auto const* options : {"--cache-from type=registry",
                                "--cache-from type=local",
                                "--cache-from type=local,dest=x",
                                "--cache-from type=ftp,ref=x",
                                "--cache-from ref=x",
                                "--cache-from type=registry,ref=X",
                                "--cache-to type=inline,mode=max",
                                "--cache-to type=inline,ref=x",
                                "--cache-from type=inline",
                                "--cache-to type=registry,ref=x,mode=all",
                                "--cache-to type=registry,ref=x,mode",
                                "--cache-to type=gha",
                                "--cache-to type=registry,ref=x,compression=lz4",
                                "--cache-to type=registry,ref=x,compression=zstd,compression-level=99",
                                "--cache-to type=registry,ref=x,compression=estargz",
                                "--cache-to type=inline,compression=zstd",
                                "--cache-from type=registry,ref=x,digest=x",
                                "--cache-from type=local,src=x,digest=x",
                                "--cache-to type=registry,ref=x,oci-mediatypes=maybe",
                                "--cache-from ''"}) {
        auto const result = build("a", "FROM scratch\n", std::string(options) + " -t app");
        BOOST_TEST(result.status != 0, options);
        BOOST_TEST(result.output.find(std::string(options).substr(0, 10)) != std::string::npos, result.output);
    }
}

BOOST_AUTO_TEST_SUITE_END()
