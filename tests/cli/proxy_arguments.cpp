#include <acrx/cli/detail/proxy_arguments.hpp>

#include <acrx/core/error.hpp>
#include <acrx/io/files.hpp>

#include <boost/test/unit_test.hpp>
#include <support/scratch_folder.hpp>

#include <unistd.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

using namespace acrx;
using cli::detail::proxy_arguments;
using arguments = std::map<std::string, std::string>;

BOOST_AUTO_TEST_SUITE(cli_detail_proxy_arguments)

struct place
{
    cli::environment with(std::string name) const
    {
        return [name, path = folder.path().string()](std::string const& asked) {
            return asked == name ? std::optional(path) : std::nullopt;
        };
    }
    void write(std::string const& file, std::string const& text) const
    {
        std::filesystem::create_directories((folder / file).parent_path());
        write_file(folder / file, text);
    }
    testing::scratch_folder folder;
};

BOOST_FIXTURE_TEST_CASE(each_proxy_is_an_argument_in_both_spellings, place)
{
    write("config.json", R"({"auths": {}, "proxies": {
        "tcp://engine:2376": {"httpProxy": "http://other"},
        "default": {"httpProxy": "http://a:3128", "noProxy": "localhost,.b", "ftpProxy": ""}}})");
    arguments const expected{{"HTTP_PROXY", "http://a:3128"},
                             {"http_proxy", "http://a:3128"},
                             {"NO_PROXY", "localhost,.b"},
                             {"no_proxy", "localhost,.b"}};
    BOOST_TEST((proxy_arguments(with("DOCKER_CONFIG")) == expected));
    BOOST_TEST(proxy_arguments(with("HOME")).empty());
    write(".docker/config.json", R"({"proxies": {"default": {"allProxy": "socks5://c"}}})");
    BOOST_TEST(proxy_arguments(with("HOME")).at("all_proxy") == "socks5://c");
    BOOST_TEST(proxy_arguments(with("PATH")).empty());
}

BOOST_FIXTURE_TEST_CASE(the_file_of_another_user_counts_for_nothing, place,
                        *boost::unit_test::precondition([](auto) { return ::geteuid() == 0; }))
{
    write("config.json", R"({"proxies": {"default": {"httpProxy": "http://a"}}})");
    std::filesystem::permissions(folder / "config.json", std::filesystem::perms::owner_read);
    BOOST_TEST(proxy_arguments(with("DOCKER_CONFIG")).size() == 2U);
    BOOST_REQUIRE(::seteuid(65534) == 0);
    BOOST_TEST(proxy_arguments(with("DOCKER_CONFIG")).empty());
    BOOST_REQUIRE(::seteuid(0) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_no_configuration_is_named, place)
{
    for (auto const* text : {"", "{", "[]", R"({"proxies": 1})", R"({"proxies": {"default": {"httpProxy": 3128}}})"}) {
        write("config.json", text);
        BOOST_CHECK_EXCEPTION(proxy_arguments(with("DOCKER_CONFIG")), error, [](error const& e) {
            return e.code() == errc::damaged && e.text().find("config.json") != std::string::npos;
        });
    }
    write("config.json", R"({"proxies": {}})");
    BOOST_TEST(proxy_arguments(with("DOCKER_CONFIG")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
