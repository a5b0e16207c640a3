#include <acrx/build/bill_of_materials.hpp>  // first: proves that the header stands alone

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <set>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_bill_of_materials)

BOOST_AUTO_TEST_CASE(writes_package_urls)
{
    distribution_name const debian{"debian", "12"};
    BOOST_TEST(package_url({"deb", "bash", "5.2.15-2+b2", "amd64", ""}, debian)
               == "pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=debian-12");
    BOOST_TEST(package_url({"apk", "musl", "1.2", "", ""}, {}) == "pkg:apk/alpine/musl@1.2");
    BOOST_TEST(package_url({"npm", "@s/x", "1.0.0", "", ""}, debian) == "pkg:npm/%40s/x@1.0.0");
    BOOST_TEST(package_url({"pypi", "Flask_Login", "0.6", "", ""}, debian) == "pkg:pypi/flask-login@0.6");
}
BOOST_AUTO_TEST_CASE(is_a_whole_document_that_depends_on_its_arguments_alone)
{
    std::vector<software_package> const packages{{"deb", "a", "1", "all", "var/lib/dpkg/status"},
                                                 {"deb", "a", "1", "amd64", "var/lib/dpkg/status"},
                                                 {"npm", "@s/a", "1", "", "x/package-lock.json"}};
    auto const make = [&] {
        return make_bill_of_materials("app:1", packages, {"debian", "12"}, time_point(std::chrono::seconds(1'700'000'000)));
    };
    auto const document = make().predicate;
    BOOST_TEST(make().predicate_type == "https://spdx.dev/Document");
    BOOST_TEST(boost::json::serialize(document) == boost::json::serialize(make().predicate));
    for (auto const* member : {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"})
        BOOST_TEST(document.contains(member), member);
    BOOST_TEST(document.at("creationInfo").at("created") == "2023-11-14T22:13:20Z");
    std::set<std::string> ids;
    for (auto const& package : document.at("packages").as_array()) {
        std::string const id(package.at("SPDXID").as_string());
        BOOST_TEST(ids.insert(id).second, id);
        BOOST_TEST(id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == std::string::npos);
        BOOST_TEST(package.at("downloadLocation") == "NOASSERTION");
    }
    BOOST_TEST(ids.size() == 4U);
    for (auto const& relation : document.at("relationships").as_array()) {
        std::string const from(relation.at("spdxElementId").as_string());
        BOOST_TEST((from == "SPDXRef-DOCUMENT" || ids.contains(from)));
        BOOST_TEST(ids.contains(std::string(relation.at("relatedSpdxElement").as_string())));
    }
}

BOOST_AUTO_TEST_SUITE_END()
