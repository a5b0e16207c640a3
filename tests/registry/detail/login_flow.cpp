#include <acrx/registry/detail/login_flow.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using detail::ask_token_server;
using detail::logged_in;
using detail::login_flow;

BOOST_AUTO_TEST_SUITE(registry_login_flow)

auth_challenge bearer(std::string realm = "https://auth.example/token")
{
    return {"bearer", {{"realm", std::move(realm)}, {"service", "reg"}}};
}

credential named(std::string user, std::string secret, std::string identity = {}, std::string registry = {})
{
    return {std::move(user), std::move(secret), std::move(identity), std::move(registry)};
}

http_response says(unsigned status, std::string body = {})
{
    return {status, {}, std::move(body), {}};
}

auto has_code(errc code)
{
    return [code](error const& e) { return e.code() == code && std::string(e.what()).find("hunter2") == std::string::npos; };
}

BOOST_AUTO_TEST_CASE(anonymous_asks_without_authorization)
{
    login_flow flow("r", bearer(), {"repository:a:pull", "repository:b:pull"}, {}, false);
    auto const ask = std::get<ask_token_server>(flow.next()).request;
    BOOST_TEST(ask.target.target == "/token?service=reg&scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull&client_id=acrx");
    BOOST_TEST(!ask.headers.has("Authorization"));
    auto const done = std::get<logged_in>(flow.next(says(200, R"({"token":"t1","expires_in":300})")));
    BOOST_TEST(done.authorization == "Bearer t1");
    BOOST_TEST(done.lifetime.count() == 300);
}

BOOST_AUTO_TEST_CASE(a_password_goes_to_the_token_server)
{
    login_flow flow("r", bearer(), {}, named("u", "p"), false);
    auto const ask = std::get<ask_token_server>(flow.next()).request;
    BOOST_TEST(ask.headers.get("Authorization") == "Basic dTpw");
    BOOST_TEST(std::get<logged_in>(flow.next(says(200, R"({"access_token":"t2"})"))).lifetime.count() == 60);
}

BOOST_AUTO_TEST_CASE(an_identity_token_uses_the_form_and_falls_back)
{
    login_flow flow("r", bearer(), {"s1", "s2"}, named("u", "p", "id/tok"), false);
    auto const ask = std::get<ask_token_server>(flow.next()).request;
    BOOST_TEST(ask.method == "POST");
    BOOST_TEST(std::get<std::string>(ask.body)
               == "grant_type=refresh_token&client_id=acrx&service=reg&scope=s1%20s2&refresh_token=id%2Ftok");
    BOOST_TEST(std::get<ask_token_server>(flow.next(says(404))).request.method == "GET");
    login_flow alone("r", bearer(), {}, named("", "", "id"), false);
    alone.next();
    BOOST_CHECK_EXCEPTION(alone.next(says(401)), error, has_code(errc::unauthorized));
}

BOOST_AUTO_TEST_CASE(registry_tokens_and_basic_need_no_server)
{
    login_flow token("r", bearer(), {}, named("", "", "", "tok"), false);
    BOOST_TEST(std::get<logged_in>(token.next()).authorization == "Bearer tok");
    login_flow basic("r", {"basic", {}}, {}, named("u", "p"), false);
    BOOST_TEST(std::get<logged_in>(basic.next()).authorization == "Basic dTpw");
    login_flow nobody("r", {"basic", {}}, {}, {}, false);
    BOOST_CHECK_EXCEPTION(nobody.next(), error, has_code(errc::unauthorized));
}

BOOST_AUTO_TEST_CASE(gives_up_when_the_token_server_refuses)
{
    for (auto [status, code] : {std::pair{401U, errc::unauthorized}, {403U, errc::denied}, {429U, errc::rate_limited},
                                {503U, errc::unavailable}, {200U, errc::protocol}}) {
        login_flow flow("r", bearer(), {}, named("u", "hunter2"), false);
        flow.next();
        BOOST_CHECK_EXCEPTION(flow.next(says(status, "{}")), error, has_code(code));
    }
}

BOOST_AUTO_TEST_CASE(a_password_never_goes_out_without_tls)
{
    login_flow flow("r", bearer("http://auth.example/token"), {}, named("u", "hunter2"), false);
    BOOST_CHECK_EXCEPTION(flow.next(), error, has_code(errc::protocol));
    login_flow plain("r", bearer("http://auth.example/token"), {}, named("u", "p"), true);
    BOOST_CHECK_NO_THROW(plain.next());
    login_flow bad("r", bearer("nonsense"), {}, {}, true);
    BOOST_CHECK_THROW(bad.next(), error);
}

BOOST_AUTO_TEST_SUITE_END()
