#include <acrx/context/empty_context.hpp>

#include "support/run.hpp"
#include "support/scratch_folder.hpp"

#include <boost/test/unit_test.hpp>

using namespace acrx;
using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(context_empty_context)

BOOST_AUTO_TEST_CASE(brings_no_files)
{
    scratch_folder folder;
    auto const context = run(empty_context().fetch(folder / "into"));
    BOOST_TEST(std::filesystem::is_empty(context.root));
    BOOST_TEST(context.revision.empty());
}

BOOST_AUTO_TEST_SUITE_END()
