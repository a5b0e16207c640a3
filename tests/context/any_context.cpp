#include <acrx/context/any_context.hpp>

#include "support/archetypes/context_source.hpp"
#include "support/archetypes/registry_client.hpp"
#include "support/run.hpp"
#include "support/scratch_folder.hpp"
#include "support/tar_writer.hpp"

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>
#include <acrx/registry/oci_layout.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_any_context)
namespace {
static_assert(context_source<any_context<context_source_archetype>>);
static_assert(context_source<standard_context<registry_client_archetype>>);

build_context fetch(std::string const& text, std::filesystem::path const& into)
{
    scratch_folder images;
    return run(open_context(find_location(text), oci_layout(images.path())).fetch(into));
}
}  // namespace

BOOST_AUTO_TEST_CASE(opens_what_is_on_this_machine_first)
{
    scratch_folder folder;
    auto const file = folder.write("a.git", tar_writer().file("x", "1").finish());
    auto const unpacked = fetch(file.string(), folder / "1");
    BOOST_TEST(read_file(unpacked.root / "x", 10) == "1");
    auto const in_place = fetch(folder.path().string(), folder / "2");
    BOOST_TEST(in_place.root == std::filesystem::canonical(folder.path()));
    BOOST_TEST(in_place.has_ignore_file);
    BOOST_TEST(!in_place.is_fetched);
    BOOST_TEST(!std::filesystem::exists(folder / "2"));
}

BOOST_AUTO_TEST_CASE(a_folder_may_be_called_like_a_repository)
{
    scratch_folder folder;
    std::filesystem::create_directories(folder / "github.com/u/r");
    auto const before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    BOOST_CHECK(std::holds_alternative<local_location>(find_location("github.com/u/r")));
    BOOST_CHECK(std::holds_alternative<git_location>(find_location("github.com/u/other")));
    std::filesystem::current_path(before);
}

BOOST_AUTO_TEST_CASE(dev_null_is_empty_and_not_a_file)
{
    scratch_folder folder;
    BOOST_TEST(std::filesystem::is_empty(fetch("/dev/null", folder / "into").root));
}

BOOST_AUTO_TEST_CASE(refuses_an_artifact_without_a_name)
{
    scratch_folder images;
    BOOST_CHECK_EXCEPTION(open_context(find_location("oci://UPPER/x:"), oci_layout(images.path())), error,
                          [](error const& e) { return e.code() == errc::syntax; });
}

BOOST_AUTO_TEST_SUITE_END()
