#include <acrx/build/parse_attestation.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_parse_attestation)

BOOST_AUTO_TEST_CASE(reads_what_to_attest)
{
    auto const provenance = [](std::string const& text) {
        attestation_request wanted;
        parse_provenance(text, wanted);
        return wanted;
    };
    BOOST_CHECK(provenance("true").provenance == provenance_mode::max);
    BOOST_CHECK(provenance("false").provenance == provenance_mode::none);
    BOOST_CHECK(provenance("mode=min,builder-id=https://x").provenance == provenance_mode::min);
    BOOST_TEST(provenance("mode=min,builder-id=https://x").builder_id == "https://x");
    BOOST_CHECK(provenance("mode=min").version == provenance_version::v1);
    BOOST_CHECK(provenance("version=v0.2").version == provenance_version::v0_2);
    BOOST_CHECK(provenance("version=v0.2").provenance == provenance_mode::max);
    BOOST_CHECK(provenance("version=v1").version == provenance_version::v1);
    attestation_request wanted;
    parse_attest("type=sbom", wanted);
    BOOST_CHECK(wanted.provenance == provenance_mode::none);
    BOOST_TEST(wanted.sbom);
    parse_attest("type=provenance,mode=min,reproducible=true", wanted);
    BOOST_CHECK(wanted.provenance == provenance_mode::min);
    BOOST_TEST(wanted.reproducible);
    BOOST_TEST(wanted.sbom);
    parse_sbom("false", wanted);
    BOOST_TEST(!wanted.sbom);
    for (auto const* bad : {"", "mode=min", "type=other", "type=sbom,generator=x", "type=provenance,mode=most", "type=provenance,version=v0.1",
                            "type=provenance,version=", "type=sbom,version=v1"})
        BOOST_CHECK_THROW(parse_attest(bad, wanted), error);
    BOOST_CHECK_THROW(parse_sbom("generator=x", wanted), option_error);
}
BOOST_AUTO_TEST_CASE(reads_the_files_of_attestations)
{
    attestation_request wanted;
    BOOST_TEST(wanted.provenance_file.name == "provenance.json");
    BOOST_TEST(wanted.sbom_file.name == "sbom.spdx.json");
    parse_attest("type=provenance,filename=p.json", wanted);
    parse_attest("type=sbom,inline-only=true,filename=s.json", wanted);
    BOOST_TEST(wanted.provenance_file.name == "p.json");
    BOOST_TEST(!wanted.provenance_file.inline_only);
    BOOST_TEST(wanted.sbom_file.name == "s.json");
    BOOST_TEST(wanted.sbom_file.inline_only);
    attestation_request other;
    parse_provenance("mode=min,inline-only=true", other);
    parse_sbom("filename=b", other);
    BOOST_TEST(other.provenance_file.inline_only);
    BOOST_TEST(other.sbom);
    BOOST_TEST(other.sbom_file.name == "b");
    for (auto const* bad : {"type=sbom,filename=", "type=sbom,filename=a/b", "type=provenance,filename=..",
                            "type=provenance,inline-only=yes", "type=sbom,filename=p.json", "type=sbom,mode=max",
                            "filename=x,type=sbom"})
        BOOST_CHECK_THROW(parse_attest(bad, wanted), option_error);
    BOOST_TEST(wanted.sbom_file.name == "s.json");
}

BOOST_AUTO_TEST_SUITE_END()
