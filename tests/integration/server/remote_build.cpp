// Lets acrx-quick build and run at a real acrx-runner, which pushes to a real registry.
#include "runner_process.hpp"

#include <boost/test/unit_test.hpp>
#include <support/registry_server.hpp>
#include <support/scripted_server.hpp>
#include <support/test_data.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <regex>
#include <string>
#include <thread>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_server_remote_build)
namespace {
bool has(std::string const& text, std::string const& part)
{
    return text.find(part) != std::string::npos;
}

/// Bytes in the line that tells what was sent; fails without one.
double sent_bytes(std::string const& output)
{
    static std::regex const line(R"(Sent ([0-9.]+)(B|kB|MB|GB) of a context)");
    std::smatch found;
    BOOST_REQUIRE_MESSAGE(std::regex_search(output, found, line), output);
    auto const unit = found[2].str();
    return std::stod(found[1]) * (unit == "B" ? 1 : unit == "kB" ? 1e3 : unit == "MB" ? 1e6 : 1e9);
}

/// Text that hardly compresses.
std::string noise(std::size_t size, unsigned seed)
{
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\n ";
    std::mt19937 random(seed);
    std::string text(size, ' ');
    for (auto& c : text)
        c = letters[random() % letters.size()];
    return text;
}

/// A laptop, a runner with TLS and users, and a registry.
struct remote_world
{
    registry_server registry;
    std::unique_ptr<runner_process> runner =
        std::make_unique<runner_process>(runner_setup{.more = {"-r", registry.host(), "--insecure-registry", registry.host()}});
    scratch_folder laptop;
    std::string token = "runner-token-00000";

    shell_result quick(std::string const& words) const
    {
        return shell(environment() + " timeout 120 " ACRX_QUICK " " + words);
    }
    std::string environment() const
    {
        return "cd '" + laptop.path().string() + "' && HOME='" + laptop.path().string() + "/home' ACRX_TOKEN=" + token + " ACRX_SERVER=" + runner->url();
    }
    std::string ca() const { return " --ca-file '" + runner->certificate().string() + "' "; }
    shell_result build(std::string const& words) const { return quick("build" + ca() + words); }

    void write_context() const
    {
        laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY . /app\n");
        laptop.write("ctx/.dockerignore", "node_modules\n*.log\n");
        for (unsigned i = 0; i < 100; ++i)
            laptop.write("ctx/src/" + std::to_string(i) + ".txt", noise(20'000, i));
        laptop.write("ctx/node_modules/big", noise(3'000'000, 1000));
    }
    std::string url_of(std::string const& image) const
    {
        return "http://" + registry.host() + "/v2/" + image.substr(0, image.find(':'));
    }
    /// The digest of the last layer of an image of the registry.
    std::string layer_of(std::string const& image) const
    {
        auto const url = url_of(image);
        auto const manifest = must("curl -sf -H 'Accept: application/vnd.oci.image.manifest.v1+json' " + url + "/manifests/" + image.substr(image.find(':') + 1));
        std::regex const digest("sha256:[0-9a-f]{64}");
        std::string last;
        for (std::sregex_iterator at(manifest.begin(), manifest.end(), digest), end; at != end; ++at)
            last = at->str();
        return last;
    }
    /// The names in it.
    std::string names_in_layer_of(std::string const& image) const
    {
        return must("curl -sf " + url_of(image) + "/blobs/" + layer_of(image) + " | tar -tz");
    }
};
}  // namespace

BOOST_FIXTURE_TEST_CASE(sends_all_once_and_then_kilobytes, remote_world)
{
    write_context();
    auto const first = build("-t app:1 ctx");
    BOOST_REQUIRE_MESSAGE(first.status == 0, first.output << runner->log_text());
    BOOST_TEST(sent_bytes(first.output) > 1'000'000);
    BOOST_TEST(sent_bytes(first.output) < 2'500'000);  // without node_modules
    BOOST_TEST(has(first.output, "Run ID: ca1 was successful"), first.output);
    BOOST_TEST(has(first.output, "Pushed: " + registry.host() + "/app:1"));
    auto const layer = names_in_layer_of("app:1");
    BOOST_TEST(has(layer, "app/src/99.txt"), layer);
    BOOST_TEST(!has(layer, "node_modules"));

    laptop.write("ctx/src/50.txt", noise(20'000, 50) + "one more line\n");
    auto const second = build("-t app:2 -o json ctx");
    BOOST_TEST(second.status == 0, second.output);
    BOOST_TEST(sent_bytes(second.output) < 100'000, second.output);
    BOOST_TEST_MESSAGE("the second upload: " << sent_bytes(second.output) << " bytes");
    BOOST_TEST(has(second.output, "\"status\": \"Succeeded\""), second.output);
    BOOST_TEST(has(second.output, "\"imageDigest\": \"sha256:"));
    auto const third = build("-t app:3 --no-logs -o table ctx");
    BOOST_TEST(sent_bytes(third.output) < 1'000, third.output);
    BOOST_TEST(has(third.output, "RUN ID  PLATFORM"), third.output);
    BOOST_TEST(!has(third.output, "COPY"), third.output);
    BOOST_TEST(layer_of("app:2") != layer_of("app:1"));
    BOOST_TEST(layer_of("app:2") == layer_of("app:3"));
    BOOST_TEST(must("ls '" + (runner->home() / "runner/uploads").string() + "'").empty());
}

BOOST_FIXTURE_TEST_CASE(runs_are_told_what_the_command_says, remote_world)
{
    laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY . /app\n");
    laptop.write("ctx/acb.yaml", "version: v1.1.0\nsteps:\n  - build: -t $Registry/app:$ID -f Dockerfile .\n  - push: [\"$Registry/app:{{.Run.ID}}\"]\n");
    auto const own = quick("run" + ca() + "-r " + registry.host() + "/ --id of-mine --env A=b --no-cache ctx");
    BOOST_REQUIRE_MESSAGE(own.status == 0, own.output << runner->log_text());
    BOOST_TEST(has(own.output, "Run ID: ca1 was successful"), own.output);
    BOOST_TEST(has(own.output, "Pushed: " + registry.host() + "/app:of-mine"), own.output);
    BOOST_TEST(!layer_of("app:of-mine").empty());
}

BOOST_FIXTURE_TEST_CASE(makes_images_for_several_platforms, remote_world)
{
    laptop.write("ctx/Dockerfile", "FROM scratch\nARG TARGETARCH\nLABEL for=$TARGETARCH\nCOPY . /app\n");
    auto const result = build("--platform linux/amd64,linux/arm64 -t many:1 ctx");
    BOOST_REQUIRE_MESSAGE(result.status == 0, result.output << runner->log_text());
    auto const index = must("curl -sf -H 'Accept: application/vnd.oci.image.index.v1+json' " + url_of("many:1") + "/manifests/1");
    BOOST_TEST(has(index, "\"amd64\""), index);
    BOOST_TEST(has(index, "\"arm64\""), index);
}

BOOST_FIXTURE_TEST_CASE(makes_the_layer_that_a_build_here_makes, remote_world)
{
    write_context();
    laptop.write("ctx/.dockerignore", "node_modules\nDockerfile\n.dockerignore\nsrc/1*\n!src/11.txt\n");
    laptop.write("elsewhere", "FROM scratch\nARG A\nLABEL a=$A\nCOPY . /app/$A\n");
    for (std::string const words : {"ctx", "-f elsewhere --build-arg A=1 ctx"}) {
        auto const there = build("-t there:1 " + words);
        BOOST_TEST(there.status == 0, there.output);
        auto const here = shell("cd '" + laptop.path().string() + "' && HOME=$PWD/home " ACRX_QUICK " build --home '" + (laptop / "state").string()
                                + "' --insecure-registry " + registry.host() + " -t " + registry.host() + "/here:1 " + words);
        BOOST_REQUIRE_MESSAGE(here.status == 0, here.output);
        BOOST_TEST(layer_of("there:1") == layer_of("here:1"), names_in_layer_of("there:1"));
    }
    auto const names = names_in_layer_of("there:1");
    BOOST_TEST(has(names, "app/1/src/11.txt"), names);
    BOOST_TEST(!has(names, "src/10.txt"), names);
    BOOST_TEST(!has(names, "ocker"), names);
}

BOOST_FIXTURE_TEST_CASE(ends_as_the_run_does, remote_world)
{
    laptop.write("bad/Dockerfile", "FROM scratch\nARG TOKEN\nCOPY missing /\n");
    auto const failed = build("-t bad:1 --secret-build-arg TOKEN=tr0ub4dor bad");
    BOOST_TEST(failed.status == 1, failed.output);
    BOOST_TEST(has(failed.output, "missing"), failed.output);
    BOOST_TEST(has(failed.output, "ended with status Failed"), failed.output);
    BOOST_TEST(!has(failed.output + runner->log_text(), "tr0ub4dor"));
    auto const absent = build("-f nowhere bad");
    BOOST_TEST(absent.status == 1);
    BOOST_TEST(has(absent.output, "Unable to find 'nowhere'"), absent.output);
    auto const refused = build("--output type=tar,dest=x bad");
    BOOST_TEST(refused.status == 2, refused.output);
    BOOST_TEST(has(refused.output, "--output has no meaning at a server"), refused.output);
    auto const too_long = build("--timeout 100000 bad");
    BOOST_TEST(too_long.status == 1, too_long.output);
    BOOST_TEST(has(too_long.output, "timeout"), too_long.output);
}

BOOST_FIXTURE_TEST_CASE(runs_a_task_with_values, remote_world)
{
    laptop.write("work/acb.yaml", "version: v1.1.0\nsteps:\n  - build: -t $Registry/{{.Values.name}}:{{.Values.tag}} -f my.Dockerfile .\n"
                                  "  - push: ['$Registry/{{.Values.name}}:{{.Values.tag}}']\n");
    laptop.write("work/my.Dockerfile", "FROM scratch\nCOPY file /\n");
    laptop.write("work/file", "hello\n");
    laptop.write("work/values.yaml", "name: wrong\ntag: fromfile\n");
    auto const ran = quick("run" + ca() + "--values values.yaml --set name=tasked --set-secret unused=tr0ub4dor work");
    BOOST_REQUIRE_MESSAGE(ran.status == 0, ran.output << runner->log_text());
    BOOST_TEST(has(ran.output, "pushed " + registry.host() + "/tasked:fromfile"), ran.output);
    BOOST_TEST(!has(ran.output, "tr0ub4dor"));
    BOOST_TEST(names_in_layer_of("tasked:fromfile") == "file\n");
    auto const unknown = quick("run" + ca() + "--executor oci work");
    BOOST_TEST(unknown.status == 2, unknown.output);
    auto const exec = shell(environment() + " sh -c 'cp -r work there && cd there && mv acb.yaml acr-task.yaml && timeout 60 " ACRX_QUICK " exec" + ca()
                            + "--set name=tasked --set tag=exec'");
    BOOST_TEST(exec.status == 0, exec.output);
    BOOST_TEST(has(exec.output, "tasked:exec"), exec.output);
}

BOOST_FIXTURE_TEST_CASE(interrupted_it_cancels_the_run, remote_world)
{
    if (::geteuid() != 0 || !have("busybox")) {
        BOOST_TEST_MESSAGE("skipped: needs root and busybox");
        return;
    }
    laptop.write("slow/Dockerfile", "FROM scratch\nCOPY busybox /bin/sh\nRUN echo it has begun; sleep 300\n");
    must("cp \"$(command -v busybox)\" '" + (laptop / "slow/busybox").string() + "'");
    auto const pid = must(environment() + " setsid " ACRX_QUICK " build" + ca() + "slow > out 2>&1 & echo $!");
    auto const output = [&] { return must("cat '" + (laptop / "out").string() + "'"); };
    for (int i = 0; i < 400 && !has(output(), "it has begun\n"); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_REQUIRE_MESSAGE(has(output(), "it has begun\n"), output() << runner->log_text());
    must("kill -INT $(pgrep -f 'acrx-quick build.*slow$' | head -1)");
    for (int i = 0; i < 400 && !has(output(), "was canceled"); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_TEST(has(output(), "stopped by Ctrl-C; the run ca1 was canceled"), output());
    auto const shown = must(environment() + " " ACRX_RUNNER " task show-run --run-id ca1" + ca());
    BOOST_TEST(has(shown, "\"status\": \"Canceled\""), shown);
    auto const short_one = build("--timeout 3 slow");
    BOOST_TEST(short_one.status == 124, short_one.output);
    BOOST_TEST(has(short_one.output, "the run took longer than 3 s; the run ca2 was canceled"), short_one.output);
}

BOOST_FIXTURE_TEST_CASE(says_who_is_not_let_in_and_who_does_not_answer, remote_world)
{
    laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    token = "no-such-token-0000";
    auto const stranger = build("ctx");
    BOOST_TEST(stranger.status == 3, stranger.output);
    BOOST_TEST(has(stranger.output, "--token-file"), stranger.output);
    token = "reader-token-00000";
    auto const reader = build("ctx");
    BOOST_TEST(reader.status == 3, reader.output);
    BOOST_TEST(has(reader.output, "needs the role runner"), reader.output);
    auto const file = laptop.write("token", "runner-token-00000\n");
    auto const named = build("--token-file token --no-push ctx");
    BOOST_TEST(named.status == 0, named.output);
    auto const nobody = build("--server http://127.0.0.1:1 ctx");
    BOOST_TEST(nobody.status == 3, nobody.output);
    BOOST_TEST(has(nobody.output, "127.0.0.1:1"), nobody.output);
    auto const untrusted = quick("build ctx");
    BOOST_TEST(untrusted.status == 3, untrusted.output);
    auto const nonsense = build("--server nonsense ctx");
    BOOST_TEST(nonsense.status != 0, nonsense.output);
}

BOOST_AUTO_TEST_CASE(sends_a_whole_archive_to_a_server_that_knows_no_pieces)
{
    scratch_folder laptop;
    laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    std::string uploaded;
    std::string scheduled;
    std::string base;
    scripted_server server([&](seen_request const& request) {
        auto const path = request.target.substr(0, request.target.find('?'));
        if (path.ends_with("/registries"))
            return reply{.body = R"({"value":[{"name":"cloud"}]})"};
        if (path == "/blob" && request.method == "PUT") {
            uploaded = request.body;
            return reply{.status = 201};
        }
        if (path == "/log")
            return reply{.body = "the log of the cloud\n"};
        if (path.ends_with("/cloud/listBuildSourceUploadUrl"))
            return reply{.body = R"({"uploadUrl":")" + base + R"(/blob?sig=1","relativePath":"source/202611/x.tar.gz"})"};
        if (path.ends_with("/cloud/scheduleRun")) {
            scheduled = request.body;
            return reply{.status = 202, .body = R"({"name":"cf1","properties":{"status":"Queued"}})"};
        }
        if (path.ends_with("/cloud/runs/cf1/listLogSasUrl"))
            return reply{.body = R"({"logLink":")" + base + "/log?sig=2\"}"};
        if (path.ends_with("/cloud/runs/cf1"))
            return reply{.body = R"({"name":"cf1","properties":{"status":"Failed","runErrorMessage":"no"}})"};
        return reply{.status = 404, .body = R"({"error":{"code":"ResourceNotFound","message":"Nothing here."}})"};
    });
    base = "http://127.0.0.1:" + std::to_string(server.port());
    auto const built = shell("timeout 60 " ACRX_QUICK " build --server " + base + " '" + (laptop / "ctx").string() + "'");
    BOOST_TEST(built.status == 1, built.output);
    BOOST_TEST(has(built.output, "the log of the cloud\n"), built.output);
    BOOST_TEST(has(scheduled, "source/202611/x.tar.gz"), scheduled);
    auto const archive = laptop.write("uploaded.tar.gz", uploaded);
    BOOST_TEST(must("tar -tzf '" + archive.string() + "'") == "Dockerfile\n");
}

BOOST_AUTO_TEST_CASE(task_run_sends_a_folder)
{
    runner_process runner({.has_users = false});
    scratch_folder laptop;
    laptop.write("ctx/acb.yaml", "version: v1.1.0\nsteps:\n  - build: -t app:1 .\n");
    laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY file /\n");
    laptop.write("ctx/file", "hello\n");
    laptop.write("ctx/.dockerignore", "acb.yaml\n");
    auto const runner_here = [&](std::string const& home, std::string const& words) {
        return shell("cd '" + laptop.path().string() + "' && ACRX_HOME='" + home + "' timeout 60 " ACRX_RUNNER " " + words);
    };
    auto const create = "task create -n nightly -c https://git.invalid/o/r.git -f acb.yaml --commit-trigger-enabled false --base-image-trigger-enabled false";
    auto const made = runner_here(runner.home().string(), create);
    BOOST_REQUIRE_MESSAGE(made.status == 0, made.output);
    auto const ran = runner_here(runner.home().string(), "task run -n nightly -c ctx");
    BOOST_TEST(ran.status == 0, ran.output << runner.log_text());
    BOOST_TEST(has(ran.output, "Run ID: ca1 was successful"), ran.output);
    BOOST_TEST(sent_bytes(ran.output) < 2'000);
    auto const alone = (laptop / "state").string();  // without a server the folder waits in the state folder
    BOOST_TEST(runner_here(alone, create).status == 0);
    auto const queued = runner_here(alone, "task run -n nightly -c ctx");
    BOOST_TEST(queued.status == 0, queued.output);
    BOOST_TEST(has(queued.output, "Queued a run with ID: ca1"), queued.output);
    BOOST_TEST(!must("ls '" + alone + "/runner/uploads'").empty());
}

BOOST_AUTO_TEST_CASE(takes_uploads_in_blocks)
{
    runner_process runner({.has_users = false});
    scratch_folder laptop;
    laptop.write("ctx/Dockerfile", "FROM scratch\nCOPY data /\n");
    laptop.write("ctx/data", noise(3'000'000, 3));
    must("cd '" + laptop.path().string() + "' && tar -C ctx -czf a.tar.gz . && split -b 500000 -d a.tar.gz part");
    auto const arm = runner.url() + "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/home/";
    auto const version = "?api-version=2019-06-01-preview";
    auto const slot = must("curl -sf -X POST -d '' '" + arm + "listBuildSourceUploadUrl" + version + "'");
    std::smatch found;
    BOOST_REQUIRE(std::regex_search(slot, found, std::regex(R"x("uploadUrl":"([^"]+)","relativePath":"([^"]+)")x")));
    auto const url = found[1].str();
    auto const relative = found[2].str();
    auto const sent = shell("cd '" + laptop.path().string() + "' && list='<?xml version=\"1.0\"?><BlockList>' && for part in part*; do id=$(printf %s \"$part\" | base64)"
                            " && curl -sf -T \"$part\" '" + url + "&comp=block&blockid='\"$id\" && list=\"$list<Latest>$id</Latest>\"; done"
                            " && curl -sf -X PUT -d \"$list</BlockList>\" '" + url + "&comp=blocklist'");
    BOOST_REQUIRE_MESSAGE(sent.status == 0, sent.output << runner.log_text());
    BOOST_TEST(must("cmp '" + (laptop / "a.tar.gz").string() + "' '" + (runner.home() / "runner/uploads").string() + relative.substr(6) + "'").empty());
    BOOST_TEST(must("ls '" + (runner.home() / "runner/uploads").string() + "' | wc -l") == "1\n");
}
BOOST_AUTO_TEST_SUITE_END()
