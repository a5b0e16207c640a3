#include <acrx/server/detail/upload_route.hpp>

#include "../served_api.hpp"

#include <acrx/io/files.hpp>
#include <acrx/remote/piece_list.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::run;
using acrx::testing::served_api;

BOOST_AUTO_TEST_SUITE(server_upload_route)

BOOST_FIXTURE_TEST_CASE(takes_uploads_and_shows_logs_by_signed_links, served_api)
{
    auto const links = arm("POST", "listBuildSourceUploadUrl");
    auto const url = links.at("/uploadUrl");
    auto const relative = links.at("/relativePath");
    BOOST_REQUIRE(url.starts_with("http://runner.test/uploads/"));
    token = "";
    auto const target = url.substr(18);
    auto forged = target;
    forged.back() = forged.back() == '0' ? '1' : '0';
    BOOST_TEST(ask("PUT", forged, "x").status == 403u);
    BOOST_TEST(ask("PUT", target.substr(0, target.find('?')), "x").status == 403u);
    BOOST_TEST(ask("PUT", target, "bytes", {{"x-ms-blob-type", "BlockBlob"}}).status == 201u);
    BOOST_TEST(ask("GET", target).status == 405u);
    BOOST_TEST(ask("PUT", target + "&comp=metadata", "x").status == 501u);
    token = "runner";
    auto const build = arm("POST", "scheduleRun", R"({"type":"DockerBuildRequest","dockerFilePath":"Dockerfile","sourceLocation":")" + relative + "\"}");
    BOOST_TEST(build.status == 202u, build.text);
    auto const id = build.at("/name");
    auto written = run_logs(folder.path() / "logs").open(id);
    written.append("one\ntwo\r\nrest");
    auto const log = arm("POST", "runs/" + id + "/listLogSasUrl").at("/logLink").substr(18);
    token = "";
    BOOST_TEST(ask("GET", log).text == "one\ntwo\r\nrest");
    BOOST_TEST(!ask("GET", log).headers.has("x-ms-meta-complete"));
    auto const part = ask("GET", log, {}, {{"Range", "bytes=4-6"}});
    BOOST_TEST(part.status == 206u);
    BOOST_TEST(part.text == "two");
    BOOST_TEST(part.headers.get("Content-Range") == "bytes 4-6/13");
    BOOST_TEST(ask("GET", log, {}, {{"Range", "bytes=13-"}}).status == 416u);
    token = "runner";
    arm("POST", "runs/" + id + "/cancel");
    BOOST_TEST(std::filesystem::is_empty(folder.path() / "uploads"));  // the run is over
    token = "";
    BOOST_TEST(ask("HEAD", log).headers.get("x-ms-meta-complete") == "canceled");
    BOOST_TEST(ask("GET", log + "&follow=true&offset=4").text == "two\r\nrest");
    auto const events = ask("GET", log, {}, {{"Accept", "text/event-stream"}});
    BOOST_TEST(events.headers.get("Content-Type") == "text/event-stream");
    BOOST_TEST(events.text == "id: 13\nevent: log\ndata: one\ndata: two\ndata: rest\n\nevent: end\ndata: Canceled\n\n");
    auto const resumed = ask("GET", log, {}, {{"Accept", "text/event-stream"}, {"Last-Event-ID", "9"}});
    BOOST_TEST(resumed.text == "id: 13\nevent: log\ndata: rest\n\nevent: end\ndata: Canceled\n\n");
    written.keep_steps(R"([{"id":"build"}])");
    auto const with_steps = ask("GET", log, {}, {{"Accept", "text/event-stream"}, {"Last-Event-ID", "9"}});
    BOOST_TEST(with_steps.text == "event: steps\ndata: [{\"id\":\"build\"}]\n\nid: 13\nevent: log\ndata: rest\n\nevent: end\ndata: Canceled\n\n");
    BOOST_TEST(ask("GET", "/logs/" + id).status == 401u);
    BOOST_TEST(ask("GET", "/logs/../" + id).status == 401u);
}

BOOST_FIXTURE_TEST_CASE(takes_uploads_in_blocks, served_api)
{
    auto const links = arm("POST", "listBuildSourceUploadUrl");
    auto const target = links.at("/uploadUrl").substr(18);
    auto const file = folder.path() / "uploads" / links.at("/relativePath").substr(7);
    token = "";
    auto const block = [&](std::string const& id, std::string const& bytes) {
        return ask("PUT", target + "&comp=block&blockid=" + id, bytes).status;
    };
    auto const list = [&](std::string const& ids) {
        return ask("PUT", target + "&comp=blocklist", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>" + ids + "</BlockList>");
    };
    BOOST_TEST(block("QUFB", "first ") == 201u);
    BOOST_TEST(block("Pz8%2F", "second ") == 201u);  // in any order, and with what a URL must escape
    BOOST_TEST(block("QkJC", "never asked for") == 201u);
    BOOST_TEST(block("QUFB", "First ") == 201u);     // the later one counts
    BOOST_TEST(block("", "x") == 400u);
    BOOST_TEST(block("..%2F..%2Fx", "x") == 400u);
    BOOST_TEST(block("QUFD", std::string(1001, 'x')) == 413u);
    BOOST_TEST(!std::filesystem::exists(file));
    BOOST_TEST(list("<Latest>QUFC</Latest>").status == 400u);
    BOOST_TEST(list("<Latest>QUFB</Uncommitted>").status == 400u);
    BOOST_TEST(list("<Other>QUFB</Other>").status == 400u);
    BOOST_TEST(ask("PUT", target + "&comp=blocklist", "no xml").status == 400u);
    auto const joined = list("\n <Latest>QUFB</Latest><Uncommitted>Pz8/</Uncommitted>\n<Latest>QUFB</Latest>");
    BOOST_TEST(joined.status == 201u, joined.text);
    BOOST_TEST(read_file(file, 100) == "First second First ");
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}) == 1);
    BOOST_TEST(list("<Latest>QUFB</Latest>").status == 400u);
}

BOOST_FIXTURE_TEST_CASE(takes_contexts_in_pieces, served_api)
{
    token = "runner";
    auto const sum = [](std::string const& text) { return sum_of(std::as_bytes(std::span(text))); };
    std::string const piece = "what a tar would be";
    std::vector<sha256_bytes> const sums{sum(piece), sum(piece)};
    auto const section = join_digests(sums);
    std::vector<sha256_bytes> const sections{sum(section)};
    auto const named = join_digests(sections);
    BOOST_TEST((arm("POST", "acrxContext/missing?of=sections", named).text == named));
    BOOST_TEST(arm("POST", "acrxContext/compose", named).status == 409u);
    piece_batch batch;
    batch.add(std::as_bytes(std::span(piece)));
    batch.add(std::as_bytes(std::span(section)));
    auto const sent = batch.take();
    BOOST_TEST(arm("POST", "acrxContext/pieces", sent).status == 204u);
    BOOST_TEST(arm("POST", "acrxContext/missing?of=sections", named).text.empty());
    auto const made = arm("POST", "acrxContext/compose", named);
    BOOST_TEST(made.status == 200u, made.text);
    BOOST_TEST(read_file(folder.path() / "uploads" / made.at("/relativePath").substr(7), 100) == piece + piece);
    BOOST_TEST(arm("POST", "acrxContext/missing?of=files", named).status == 400u);
    BOOST_TEST(arm("POST", "acrxContext/missing", "short").status == 400u);
    BOOST_TEST(arm("POST", "acrxContext/pieces", "no batch").status == 400u);
    BOOST_TEST(arm("GET", "acrxContext/missing").status == 405u);
    BOOST_TEST(arm("POST", "acrxContext/other").status == 404u);
    token = "reader";
    BOOST_TEST(arm("POST", "acrxContext/missing", named).status == 403u);
    token = "";
    BOOST_TEST(arm("POST", "acrxContext/pieces", sent).status == 401u);
}

BOOST_AUTO_TEST_SUITE_END()
