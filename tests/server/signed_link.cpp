#include <acrx/server/signed_link.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(server_signed_link)
BOOST_AUTO_TEST_CASE(allows_one_path_one_right_and_one_time)
{
    time_point const now{std::chrono::seconds(1000)};
    link_signer const signer("key");
    served_request request;
    request.target = signer.sign("/logs/ca1", "r", now + std::chrono::seconds(10));
    BOOST_TEST(signer.allows(request, "r", now));
    BOOST_TEST(!signer.allows(request, "w", now));
    BOOST_TEST(!signer.allows(request, "r", now + std::chrono::seconds(10)));
    BOOST_TEST(!link_signer("other").allows(request, "r", now));
    BOOST_TEST(!link_signer("").allows(request, "r", now));
    auto const good = request.target;
    for (auto const& [from, to] : {std::pair("ca1", "ca2"), std::pair("sp=r", "sp=w"), std::pair("se=1010", "se=9999"), std::pair("&sig=", "&sig=0")}) {
        request.target = good;
        request.target.replace(good.find(from), std::string(from).size(), to);
        BOOST_TEST(!signer.allows(request, std::string(to) == "sp=w" ? "w" : "r", now), request.target);
    }
    BOOST_TEST(make_link_key().size() == 64u);
    BOOST_TEST(make_link_key() != make_link_key());
}
BOOST_AUTO_TEST_SUITE_END()
