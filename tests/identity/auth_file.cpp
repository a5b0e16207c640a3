#include <acrx/identity/detail/auth_file.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_auth_file)

namespace {
using sources = std::vector<detail::credential_source>;

sources ask(std::string const& text, std::string const& host)
{
    return detail::auth_file::parse(text, "config.json").sources(host);
}

credential login(std::string user, std::string secret)
{
    credential c;
    c.user = std::move(user);
    c.secret = std::move(secret);
    return c;
}
}  // namespace

BOOST_AUTO_TEST_CASE(decodes_user_and_password)
{
    // user:pa:ss, then me: and the password "x" with two zero bytes behind it
    std::string const text = R"({"auths":{"a.io":{"auth":"dXNlcjpwYTpzcw=="},"b.io":{"auth":"bWU6eAAA"}}})";
    BOOST_TEST((ask(text, "a.io") == sources{login("user", "pa:ss")}));
    BOOST_TEST((ask(text, "b.io") == sources{login("me", "x")}));
    BOOST_TEST(ask(text, "c.io").empty());
}

BOOST_AUTO_TEST_CASE(reads_tokens_and_plain_members)
{
    std::string const text = R"({"auths":{"a.io":{"identitytoken":"i","auth":"MDA6"},"b.io":{"registrytoken":"r"},"c.io":{"username":"u","password":"p"},"d.io":{}}})";
    BOOST_TEST(std::get<credential>(ask(text, "a.io").at(0)).identity_token == "i");
    BOOST_TEST(std::get<credential>(ask(text, "a.io").at(0)).user == "00");
    BOOST_TEST(std::get<credential>(ask(text, "b.io").at(0)).registry_token == "r");
    BOOST_TEST((ask(text, "c.io") == sources{login("u", "p")}));
    BOOST_TEST(ask(text, "d.io").empty());
}

BOOST_AUTO_TEST_CASE(knows_every_spelling_of_a_host)
{
    for (std::string const key : {"https://index.docker.io/v1/", "docker.io", "index.docker.io", "registry-1.docker.io", "http://docker.io"})
        BOOST_TEST(ask(R"({"auths":{")" + key + R"(":{"auth":"YTpi"}}})", "docker.io").size() == 1U, key);
    for (std::string const key : {"r.io:5000", "https://r.io:5000", "https://r.io:5000/v1/", "http://R.io:5000/v2/", "r.io:5000/v1/"})
        BOOST_TEST(ask(R"({"auths":{")" + key + R"(":{"auth":"YTpi"}}})", "r.io:5000").size() == 1U, key);
    for (std::string const key : {"r.io", "r.io:50", "r.io:50000", "r.io:5000/team", "x.r.io:5000"})
        BOOST_TEST(ask(R"({"auths":{")" + key + R"(":{"auth":"YTpi"}}})", "r.io:5000").empty(), key);
}

BOOST_AUTO_TEST_CASE(prefers_the_closest_key)
{
    std::string const text = R"({"auths":{"q.io":{"auth":"YTox"},"q.io/org":{"auth":"YToy"},"q.io/org/repo":{"auth":"YToz"}}})";
    BOOST_TEST((ask(text, "q.io/org/repo").front() == detail::credential_source(login("a", "3"))));
    BOOST_TEST((ask(text, "q.io/org/other").front() == detail::credential_source(login("a", "2"))));
    BOOST_TEST((ask(text, "q.io") == sources{login("a", "1")}));
}

BOOST_AUTO_TEST_CASE(asks_the_helper_of_the_host_then_the_store_then_the_file)
{
    std::string const text = R"({"credsStore":"store","credHelpers":{"a.io":"own"},"auths":{"a.io":{"auth":"YTpi"},"https://b.io":{},"x.io":{}}})";
    using question = detail::helper_question;
    BOOST_TEST((ask(text, "a.io") == sources{question{"own", "a.io"}, question{"store", "a.io"}, login("a", "b")}));
    BOOST_TEST((ask(text, "b.io") == sources{question{"store", "https://b.io"}}));
    BOOST_TEST((ask(text, "c.io") == sources{question{"store", "c.io"}}));
    BOOST_TEST((ask(text, "docker.io") == sources{question{"store", "https://index.docker.io/v1/"}}));
}

BOOST_AUTO_TEST_CASE(counts_null_as_absent)
{
    BOOST_TEST(ask(R"({"auths":null,"credsStore":null,"credHelpers":null,"proxies":{}})", "a.io").empty());
    BOOST_TEST(ask(R"({"auths":{"a.io":null}})", "a.io").empty());
}

BOOST_AUTO_TEST_CASE(names_the_file_and_the_place_but_never_the_value)
{
    std::string const secret = "hunter2";
    for (std::string const& text :
         {std::string("{"), "{\"auths\":\"" + secret + "\"}", "[\"" + secret + "\"]",
          "{\"auths\":{\"a.io\":\"" + secret + "\"}}", "{\"auths\":{\"a.io\":{\"auth\":\"" + secret + "!\"}}}",
          std::string(R"({"auths":{"a.io":{"auth":"aHVudGVyMg=="}}})"), std::string(R"({"auths":{"a.io":{"auth":"YTpiA"}}})"),
          std::string(R"({"auths":{"a.io":{"password":7}}})"), "{\"credsStore\":[\"" + secret + "\"]}"})
        BOOST_CHECK_EXCEPTION(ask(text, "a.io"), error, [&](error const& e) {
            std::string const what = e.what();
            return e.code() == errc::damaged && what.find("config.json") != std::string::npos
                   && what.find(secret) == std::string::npos && what.find("aHVudGVyMg") == std::string::npos;
        });
}

BOOST_AUTO_TEST_SUITE_END()
