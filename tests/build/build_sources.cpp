#include <acrx/build/build_sources.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_build_sources)
namespace {
struct credentials_case
{
    std::string url;
    secret_map secrets;
    std::string authorization;
};
std::ostream& operator<<(std::ostream& out, credentials_case const& c)
{
    return out << c.url;
}

std::vector<credentials_case> const downloads{
    {"https://example.com/x", {}, ""},
    {"https://example.com/x", {{"HTTP_AUTH_TOKEN_example.com", "t"}}, "Bearer t"},
    {"https://Example.com:8443/x", {{"HTTP_AUTH_TOKEN_example.com", "t\n"}}, "Bearer t"},
    {"https://example.com:8443/x",
     {{"HTTP_AUTH_TOKEN_example.com", "t"}, {"HTTP_AUTH_TOKEN_example.com:8443", "u"}},
     "Bearer u"},
    {"https://me@example.com/x",
     {{"HTTP_AUTH_TOKEN_example.com", "t"}, {"HTTP_AUTH_HEADER_example.com", "Basic x"}},
     "Basic x"},
    {"https://example.com.evil.org/x", {{"HTTP_AUTH_TOKEN_example.com", "t"}}, ""},
    {"https://evil.org/?example.com", {{"HTTP_AUTH_TOKEN_example.com", "t"}}, ""},
    {"https://[::1]/x", {{"HTTP_AUTH_TOKEN_[::1]", "t"}}, "Bearer t"},
};

std::vector<credentials_case> const repositories{
    {"https://example.com/x.git", {}, ""},
    {"https://example.com/x.git", {{"GIT_AUTH_TOKEN", "t"}}, "Basic eC1hY2Nlc3MtdG9rZW46dA=="},
    {"https://example.com/x.git", {{"GIT_AUTH_HEADER", "Bearer h"}, {"GIT_AUTH_TOKEN", "t"}}, "Bearer h"},
    {"https://example.com/x.git",
     {{"GIT_AUTH_HEADER", "Bearer h"}, {"GIT_AUTH_HEADER.example.com", "Bearer i"}},
     "Bearer i"},
    {"https://example.com:1/x.git", {{"GIT_AUTH_TOKEN.example.com", "t"}}, "Basic eC1hY2Nlc3MtdG9rZW46dA=="},
    {"https://example.com/x.git", {{"GIT_AUTH_TOKEN.other.org", "t"}}, ""},
    {"https://me:pw@example.com/x.git", {{"GIT_AUTH_TOKEN", "t"}}, ""},
    {"git@example.com:x.git", {{"GIT_AUTH_TOKEN", "t"}}, ""},
    {"ssh://git@example.com/x.git", {{"GIT_AUTH_TOKEN", "t"}}, ""},
};
}  // namespace

BOOST_DATA_TEST_CASE(sends_a_secret_to_its_host_only, boost::unit_test::data::make(downloads), sample)
{
    url_request request{.url = sample.url};
    authorize(request, sample.secrets);
    BOOST_TEST(std::string(request.headers.get("Authorization")) == sample.authorization);
}

BOOST_DATA_TEST_CASE(gives_git_the_credentials_of_the_remote, boost::unit_test::data::make(repositories), sample)
{
    git_options options;
    authorize(options, *parse_git_source(sample.url), sample.secrets);
    BOOST_TEST(options.authorization == sample.authorization);
}

BOOST_AUTO_TEST_SUITE_END()
