#include <acrx/http/url.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(http_url)

BOOST_AUTO_TEST_CASE(reads_the_parts_and_writes_them_again)
{
    struct row { char const* text; char const* host; unsigned port; char const* target; char const* again; };
    for (auto const& r : {row{"http://a/b?c=d#e", "a", 80, "/b?c=d", "http://a/b?c=d"},
                          row{"HTTPS://Host.Example:443", "host.example", 443, "/", "https://host.example/"},
                          row{"https://h:8443?q", "h", 8443, "/?q", "https://h:8443/?q"},
                          row{"http://[::1]:5000/v2/", "::1", 5000, "/v2/", "http://[::1]:5000/v2/"},
                          row{"http://u:p@h/x%2Fy", "h", 80, "/x%2Fy", "http://h/x%2Fy"}}) {
        auto const u = parse_url(r.text);
        BOOST_TEST_CONTEXT(r.text) {
            BOOST_TEST(u.host == r.host);
            BOOST_TEST(u.port == r.port);
            BOOST_TEST(u.target == r.target);
            BOOST_TEST(to_string(u) == r.again);
        }
    }
    BOOST_TEST(parse_url("http://u:p@h/").user_info == "u:p");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_http_url)
{
    for (auto const* text : {"", "h/x", "ftp://h/", "http://", "http:///x", "http://h:0/", "http://h:70000/", "http://h:x/",
                             "http://[::1/", "http://h/a b", "http://h/\r\nX: y", "http://h\\x/", "http://[::1]x/"})
        BOOST_TEST_CONTEXT(text)
            BOOST_CHECK_EXCEPTION(parse_url(text), error, [](error const& e) { return e.code() == errc::syntax; });
}

BOOST_AUTO_TEST_CASE(an_error_shows_neither_password_nor_query)
{
    try {
        parse_url("http://user:hunter2@h:bad/x?token=abc");
        BOOST_ERROR("accepted");
    } catch (error const& e) {
        BOOST_TEST(std::string(e.what()).find("hunter2") == std::string::npos);
        BOOST_TEST(std::string(e.what()).find("abc") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(resolves_locations_as_rfc_3986_says)
{
    auto const base = parse_url("http://a/b/c/d;p?q");
    struct row { char const* location; char const* whole; };
    for (auto const& r : {row{"g", "http://a/b/c/g"}, row{"./g", "http://a/b/c/g"}, row{"g/", "http://a/b/c/g/"},
                          row{"/g", "http://a/g"}, row{"//g", "http://g/"}, row{"?y", "http://a/b/c/d;p?y"},
                          row{"g?y", "http://a/b/c/g?y"}, row{"", "http://a/b/c/d;p?q"}, row{".", "http://a/b/c/"},
                          row{"..", "http://a/b/"}, row{"../g", "http://a/b/g"}, row{"../../g", "http://a/g"},
                          row{"../../../g", "http://a/g"}, row{"/./g", "http://a/g"}, row{"https://h:1/x", "https://h:1/x"},
                          row{"/u?_state=a%3D&b=c", "http://a/u?_state=a%3D&b=c"}, row{"g?y/./x", "http://a/b/c/g?y/./x"}})
        BOOST_TEST_CONTEXT(r.location)
            BOOST_TEST(to_string(resolve(base, r.location)) == r.whole);
}

BOOST_AUTO_TEST_CASE(a_query_grows_by_the_right_sign)
{
    BOOST_TEST(with_query("/u", "digest", "sha256:ab") == "/u?digest=sha256%3Aab");
    BOOST_TEST(with_query("/u?s=1", "digest", "x") == "/u?s=1&digest=x");
    BOOST_TEST(with_query("/u?", "n", "a b&c") == "/u?n=a%20b%26c");
}

BOOST_AUTO_TEST_CASE(percent_encoding_goes_both_ways)
{
    std::string every;
    for (int c = 1; c < 256; ++c)
        every += static_cast<char>(c);
    BOOST_TEST(percent_decode(percent_encode(every)) == every);
    BOOST_TEST(percent_encode("aZ0-._~") == "aZ0-._~");
    BOOST_TEST(percent_decode("100%, %4") == "100%, %4");
}

BOOST_AUTO_TEST_CASE(knows_loopback_hosts)
{
    for (auto const* host : {"localhost", "127.0.0.1", "127.8.9.1", "::1"})
        BOOST_TEST(is_loopback_host(host));
    for (auto const* host : {"127.example.com", "10.0.0.1", "localhost.example", "", "127.0.0.1.nip.io", "::2"})
        BOOST_TEST(!is_loopback_host(host));
}

BOOST_AUTO_TEST_CASE(an_origin_is_scheme_host_and_port)
{
    auto const u = parse_url("https://h/x");
    BOOST_TEST(same_origin(u, parse_url("https://h:443/y")));
    for (auto const* other : {"http://h/x", "https://h:444/x", "https://g/x", "http://h:443/x"})
        BOOST_TEST(!same_origin(u, parse_url(other)));
}

BOOST_AUTO_TEST_SUITE_END()
