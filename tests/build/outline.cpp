#include <acrx/build/outline.hpp>

#include <acrx/core/error.hpp>
#include <acrx/dockerfile/file.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_outline_of_a_file)
namespace {
auto const text =
    "# V is the version\n"
    "ARG V=1\n"
    "ARG UNUSED=2\n"
    "# base is where all begins\n"
    "# and this is more\n"
    "FROM image:$V AS base\n"
    "# TOKEN is shown to nobody\n"
    "ARG TOKEN DIR=/d\n"
    "ENV E=$DIR/e\n"
    "ARG F=$E/f\n"
    "RUN --mount=type=secret,id=tok --mount=type=secret,target=/run/x,required --mount=type=cache,target=$E true\n"
    "FROM other AS unneeded\n"
    "ARG NOT_SHOWN\n"
    "RUN --mount=type=secret,id=not-shown true\n"
    "FROM scratch AS made\n"
    "ARG V\n"
    "RUN --mount=type=ssh --mount=type=secret,id=tok,required --mount=from=base,target=/b true\n"
    "FROM --platform=$TARGETPLATFORM scratch\n"
    "COPY --from=2 / /\n";

std::string shown(build_request const& request)
{
    std::string lines;
    auto const outline = make_outline(dockerfile::parse_file(text), request);
    for (auto const& argument : outline.arguments)
        lines += argument.name + "=" + argument.value + " (" + argument.description + ")\n";
    for (auto const* mounts : {&outline.secrets, &outline.ssh, &outline.caches})
        for (auto const& mount : *mounts)
            lines += mount.id + (mount.is_required ? "!" : "") + "\n";
    return lines;
}
}  // namespace

BOOST_AUTO_TEST_CASE(lists_targets_with_the_comments_above_them)
{
    auto const targets = list_targets(dockerfile::parse_file(text));
    BOOST_TEST(targets.size() == 4U);
    BOOST_TEST(targets[0].name == "base");
    BOOST_TEST(targets[0].description == "is where all begins");
    BOOST_TEST(targets[0].base == "image:$V");
    BOOST_TEST(!targets[2].is_default);
    BOOST_TEST(targets[3].is_default);
    BOOST_TEST(targets[3].name == "");
    BOOST_TEST(targets[3].platform == "$TARGETPLATFORM");
}

BOOST_AUTO_TEST_CASE(tells_what_the_target_takes)
{
    build_request request;
    request.build_args = {{"TOKEN", "s3cret"}, {"DIR", "/given"}};
    request.secret_args = {"TOKEN"};
    BOOST_TEST(shown(request)
               == "V=1 (is the version)\nTOKEN=*** (is shown to nobody)\nDIR=/given ()\nF=/given/e/f ()\n"
                  "tok!\nx!\ndefault\n/given/e\n");
    request.target = "unneeded";
    BOOST_TEST(shown(request) == "NOT_SHOWN= ()\nnot-shown\n");
    request.target = "nope";
    BOOST_CHECK_THROW(shown(request), error);
}

BOOST_AUTO_TEST_SUITE_END()
