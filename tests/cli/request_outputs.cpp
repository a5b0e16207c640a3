#include <acrx/cli/detail/request_outputs.hpp>  // first: proves that the header stands alone

#include <acrx/cli/exit_status.hpp>
#include <acrx/build/parse_output.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(cli_request_outputs)

quick_request made_of(std::vector<std::string> const& images, std::vector<std::string> const& outputs, bool no_push = false)
{
    cli::build_options options;
    options.images = images;
    options.no_push = no_push;
    for (auto const& text : outputs)
        options.outputs.push_back(parse_output(text));
    quick_request request;
    cli::detail::add_outputs(request, options, "ca7");
    return request;
}

std::string named(std::vector<reference> const& names)
{
    std::string text;
    for (auto const& name : names)
        text += familiar(name) + " ";
    return text;
}

BOOST_AUTO_TEST_CASE(decides_what_is_pushed)
{
    struct line
    {
        std::vector<std::string> images;
        std::vector<std::string> outputs;
        bool no_push;
        std::string pushed;
        std::string kept;
    };
    for (auto const& [images, outputs, no_push, pushed, kept] : std::vector<line>{
             {{"r.io/a:1", "b:1"}, {}, false, "r.io/a:1 ", "b:1 "},
             {{"r.io/a:1", "b:1"}, {}, true, "", "b:1 r.io/a:1 "},
             {{"r.io/a:1"}, {"type=image,push=false"}, false, "", "r.io/a:1 "},
             {{"r.io/a:1"}, {"type=image,name=r.io/c:{{.Run.ID}},push=true"}, false, "r.io/a:1 r.io/c:ca7 ", ""},
             {{"r.io/a:1"}, {"type=image,name=r.io/c:1,push=false"}, false, "r.io/a:1 ", "r.io/c:1 "},
             {{}, {"type=registry,name=r.io/c:1"}, false, "r.io/c:1 ", ""},
             {{"r.io/a:1"}, {"type=oci,dest=-,name=x:1"}, false, "r.io/a:1 ", ""},
         }) {
        auto const request = made_of(images, outputs, no_push);
        BOOST_TEST(named(request.push_to) == pushed);
        BOOST_TEST(named(request.local_names) == kept);
        BOOST_TEST(request.build.complete_store == pushed.empty());
    }
}
BOOST_AUTO_TEST_CASE(digests_may_be_names)
{
    auto const canonical = made_of({"r.io/a:1", "b:1"}, {"type=image,name-canonical=true"});
    BOOST_TEST(named(canonical.push_to) == "r.io/a:1 ");
    BOOST_TEST(named(canonical.push_by_digest) == "r.io/a:1 ");
    BOOST_TEST(named(canonical.local_by_digest) == "b:1 ");
    auto const kept = made_of({}, {"type=image,name=r.io/a:1,name-canonical=true,push=false"});
    BOOST_TEST(named(kept.push_by_digest) == "");
    BOOST_TEST(named(kept.local_by_digest) == "r.io/a:1 ");
    auto const pushed = made_of({"r.io/a:1"}, {"type=image,name=r.io/c,push-by-digest=true"});
    BOOST_TEST(named(pushed.push_to) == "r.io/a:1 ");
    BOOST_TEST(named(pushed.push_by_digest) == "r.io/c ");
    BOOST_TEST(named(made_of({}, {"type=image,dangling-name-prefix=r.io/x"}).local_by_digest) == "r.io/x ");
    BOOST_TEST(named(made_of({"a:1"}, {"type=image,dangling-name-prefix=r.io/x"}).local_by_digest) == "");
    BOOST_CHECK_THROW(made_of({}, {"type=image,name=r.io/a:1,push-by-digest=true"}), cli::usage_error);
    BOOST_CHECK_THROW(made_of({}, {"type=image,name=a,push-by-digest=true"}), cli::usage_error);
    auto const nothing = made_of({"r.io/a:1"}, {"type=cacheonly"});
    BOOST_TEST(named(nothing.push_to) + named(nothing.local_names) == "");
}
BOOST_AUTO_TEST_CASE(gives_each_output_its_form)
{
    auto const request = made_of({"a:1"}, {"type=image,compression=zstd,annotation.a=1", "type=oci,dest=-,annotation.b=2,rewrite-timestamp=true,name=x"});
    BOOST_CHECK(request.build.form.layers.compression == compression::zstd);
    BOOST_TEST(request.build.rewrite_timestamp);
    BOOST_REQUIRE(request.outputs.size() == 1U);
    auto const form = form_of(request.outputs[0], request.build.form);
    BOOST_CHECK(form.layers.compression == compression::zstd);
    BOOST_TEST(form.annotations.manifest.at("a") == "1");
    BOOST_TEST(form.annotations.manifest.at("b") == "2");
    BOOST_TEST(!request.build.form.annotations.manifest.contains("b"));
    BOOST_TEST(request.outputs[0].names.at(0) == "docker.io/library/x:latest");
}
BOOST_AUTO_TEST_CASE(refuses_what_contradicts_itself)
{
    testing::scratch_folder folder;
    auto const file = folder.write("file", "x").string();
    auto const place = folder.path().string();
    for (auto const& outputs : std::vector<std::vector<std::string>>{
             {"-", "type=oci,dest=-"},
             {"type=tar,dest=" + place + "/a", "type=oci,dest=" + place + "/b/../a"},
             {"type=tar,dest=" + place},
             {"type=local,dest=" + file},
             {"type=oci,dest=" + place + "/none/a"},
             {"type=oci,dest=-,annotation-index.a=b"},
             {"type=image,compression=zstd,oci-mediatypes=true", "type=oci,dest=-,oci-mediatypes=false"},
             {"type=image,name=BAD"},
         })
        BOOST_CHECK_THROW(made_of({"a:1"}, outputs), cli::usage_error);
    BOOST_CHECK_THROW(made_of({"a:1"}, {"type=image,push=true"}, true), cli::usage_error);
}

BOOST_AUTO_TEST_SUITE_END()
