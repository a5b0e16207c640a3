#include <acrx/executor/step_rights.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_step_rights)
namespace {
using words = std::vector<std::string>;

std::uint64_t changed(words const& added, words const& dropped)
{
    return changed_capabilities(added, dropped);
}
constexpr std::uint64_t chown = 1;
constexpr std::uint64_t net_admin = std::uint64_t{1} << 12;
}  // namespace

BOOST_AUTO_TEST_CASE(capabilities_are_added_and_dropped_as_docker_does)
{
    auto const usual = step_rights::usual_capabilities;
    BOOST_TEST(changed({}, {}) == usual);
    BOOST_TEST(changed({"NET_ADMIN"}, {}) == (usual | net_admin));
    BOOST_TEST(changed({"cap_net_admin"}, {"CAP_CHOWN"}) == ((usual | net_admin) & ~chown));
    BOOST_TEST(changed({"net_admin"}, {"net_admin"}) == usual);
    BOOST_TEST(changed({"chown"}, {"ALL"}) == chown);
    BOOST_TEST(changed({"all"}, {"chown"}) == (((std::uint64_t{1} << 41) - 1) & ~chown));
    BOOST_TEST(changed({}, {"all"}) == 0U);
    BOOST_CHECK_EXCEPTION(changed({"NET_ADMINS"}, {}), error,
                          [](error const& e) { return e.text() == "there is no capability 'NET_ADMINS'"; });
}
BOOST_AUTO_TEST_SUITE_END()
