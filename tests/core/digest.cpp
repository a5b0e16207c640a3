#include <acrx/core/digest.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(core_digest)

BOOST_AUTO_TEST_CASE(hashes_the_empty_descriptor)
{
    BOOST_CHECK_EQUAL(digest_of("{}").str(), "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

BOOST_AUTO_TEST_CASE(survives_the_way_through_bytes)
{
    auto const d = digest_of("x");
    BOOST_CHECK_EQUAL(to_digest(to_bytes(d)).str(), d.str());
    BOOST_CHECK_EQUAL(d.algorithm(), "sha256");
    BOOST_CHECK_EQUAL(d.encoded().size(), 64U);
}

BOOST_AUTO_TEST_CASE(starts_anew_after_finish)
{
    sha256 hash;
    hash.update("a").finish();
    BOOST_CHECK_EQUAL(hash.update("{}").finish().str(), digest_of("{}").str());
}

BOOST_AUTO_TEST_CASE(goes_on_from_a_midstate)
{
    std::string const text(1000, 'x');
    for (std::size_t const cut : {0U, 1U, 63U, 64U, 65U, 999U, 1000U}) {
        sha256 begun;
        auto const state = begun.update(std::string_view(text).substr(0, cut)).midstate();
        BOOST_CHECK_EQUAL(state.length, cut - cut % 64);
        sha256 resumed(state);
        resumed.update(std::string_view(text).substr(state.length));
        BOOST_CHECK_EQUAL(resumed.finish().str(), digest_of(text).str());
        BOOST_CHECK_EQUAL(begun.update(std::string_view(text).substr(cut)).finish().str(), digest_of(text).str());
    }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_digest)
{
    for (std::string text : {std::string(), std::string("sha256:"), "sha256:" + std::string(64, 'A'),
                             "sha256:" + std::string(63, '0'), "md5:" + std::string(32, '0'), std::string(":x")})
        BOOST_CHECK_EXCEPTION(digest::parse(text), error, [](error const& e) { return e.code() == errc::syntax; });
}

BOOST_AUTO_TEST_SUITE_END()
