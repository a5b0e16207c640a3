#include <acrx/executor/has_emulator.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_has_emulator)
BOOST_AUTO_TEST_CASE(one_counts_that_is_registered_and_switched_on)
{
    testing::scratch_folder folder;
    folder.write("qemu-aarch64", "enabled\ninterpreter /usr/bin/qemu-aarch64-static\n");
    folder.write("qemu-s390x", "disabled\n");
    auto const has = [&](char const* name) { return has_emulator(parse_platform(name), folder.path()); };
    BOOST_TEST(has("linux/arm64/v8"));
    BOOST_TEST(!has("linux/s390x"));
    BOOST_TEST(!has("linux/arm"));
    BOOST_TEST(!has("linux/unheard"));
    BOOST_TEST(!has_emulator(parse_platform("linux/arm64"), folder / "missing"));
}
BOOST_AUTO_TEST_SUITE_END()
