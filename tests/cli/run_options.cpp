#include <acrx/cli/detail/run_options.hpp>

#include <acrx/cli/exit_status.hpp>
#include <support/scratch_folder.hpp>

#include <boost/test/unit_test.hpp>

#include <map>

using namespace acrx;
using cli::environment;
using cli::usage_error;
using cli::build_options;

BOOST_AUTO_TEST_SUITE(cli_detail_run_options)

environment variables(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](std::string const& name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

using pair = std::pair<std::string, std::string>;

BOOST_AUTO_TEST_CASE(secrets_come_from_files_and_variables)
{
    testing::scratch_folder folder;
    auto const file = folder.write("f", "from file\n").string();
    auto const env = variables({{"V", "from env"}, {"both", "named"}});
    BOOST_TEST((cli::detail::read_secret("id=a,src=" + file, env) == pair("a", "from file\n")));
    BOOST_TEST((cli::detail::read_secret("type=file,ID=a,source=" + file, env) == pair("a", "from file\n")));
    BOOST_TEST((cli::detail::read_secret("id=a,env=V", env) == pair("a", "from env")));
    BOOST_TEST((cli::detail::read_secret("id=a,type=env,src=V", env) == pair("a", "from env")));
    BOOST_TEST((cli::detail::read_secret("id=both", env) == pair("both", "named")));
    BOOST_TEST((cli::detail::read_secret("id=" + file, env) == pair(file, "from file\n")));
    BOOST_TEST((cli::detail::read_secret("id=a,env=UNSET", env) == pair("a", "")));
    BOOST_TEST((cli::detail::read_secret("\"id=a,b\",env=V", env) == pair("a,b", "from env")));
}

BOOST_AUTO_TEST_CASE(refuses_secrets_that_mean_nothing)
{
    testing::scratch_folder folder;
    for (auto text : {"", "a", "src=x", "id=", "id=a,type=x", "id=a,what=x", "id=a,src=x,env=y"})
        BOOST_CHECK_THROW(cli::detail::read_secret(text, variables({})), usage_error);
    BOOST_CHECK_EXCEPTION(cli::detail::read_secret("id=a,src=/no/such", variables({})), error, [](error const& e) {
        return e.text() == "secret a: Unable to find '/no/such'.";
    });
    auto const large = folder.write("large", std::string((500 << 10) + 1, 'x')).string();
    BOOST_CHECK_EXCEPTION(cli::detail::read_secret("id=a,src=" + large, variables({})), error,
                          [](error const& e) { return e.text() == "secret a too big. max size 500KB"; });
}

BOOST_AUTO_TEST_CASE(agents)
{
    testing::scratch_folder folder;
    auto const key = folder.write("key", "-----BEGIN OPENSSH PRIVATE KEY-----\n").string();
    auto const env = variables({{"SSH_AUTH_SOCK", "/agent"}});
    BOOST_TEST(cli::detail::read_ssh("default", env).second.socket == "/agent");
    auto const keyed = cli::detail::read_ssh("x=" + key + "," + key, env);
    BOOST_TEST(keyed.first == "x");
    BOOST_TEST(keyed.second.keys.size() == 2u);
    BOOST_TEST(keyed.second.socket.empty());
    BOOST_CHECK_THROW(cli::detail::read_ssh("default", variables({})), usage_error);
    BOOST_CHECK_THROW(cli::detail::read_ssh("=x", env), usage_error);
    BOOST_CHECK_THROW(cli::detail::read_ssh("x=", env), usage_error);
    BOOST_CHECK_THROW(cli::detail::read_ssh("x=/no/such", env), error);
    BOOST_CHECK_THROW(cli::detail::read_ssh("x=" + folder.path().string(), env), error);
    BOOST_CHECK_THROW(cli::detail::read_ssh("x=" + folder.write("key.pub", "ssh-ed25519 AAAA").string(), env), error);
}

BOOST_AUTO_TEST_CASE(hosts)
{
    BOOST_TEST((cli::detail::parse_extra_host("db:10.0.0.1") == pair("db", "10.0.0.1")));
    BOOST_TEST((cli::detail::parse_extra_host("db=10.0.0.1") == pair("db", "10.0.0.1")));
    BOOST_TEST((cli::detail::parse_extra_host("db:fe80::1") == pair("db", "fe80::1")));
    BOOST_TEST((cli::detail::parse_extra_host("db=[fe80::1]") == pair("db", "fe80::1")));
    BOOST_TEST((cli::detail::parse_extra_host("h:host-gateway") == pair("h", "127.0.0.1")));
    for (auto text : {"", "db", "db:", ":1.2.3.4", "db:1.2.3", "db:x", "a b:1.2.3.4"})
        BOOST_CHECK_THROW(cli::detail::parse_extra_host(text), usage_error);
}

BOOST_AUTO_TEST_CASE(limits)
{
    BOOST_TEST((cli::detail::parse_limit("nofile=1024:4096") == resource_limit{"nofile", 1024, 4096}));
    BOOST_TEST((cli::detail::parse_limit("core=0") == resource_limit{"core", 0, 0}));
    BOOST_TEST((cli::detail::parse_limit("nproc=5:-1") == resource_limit{"nproc", 5, resource_limit::unlimited}));
    for (auto text : {"", "nofile", "=1", "nofile=", "nofile=x", "nofile=1:", "nofile=2:1", "nofile=-1:1", "nofile=-2", "files=1"})
        BOOST_CHECK_THROW(cli::detail::parse_limit(text), usage_error);
}

BOOST_AUTO_TEST_CASE(sizes_and_entitlements)
{
    BOOST_TEST(cli::detail::parse_shm_size("2m") == 2u << 20);
    for (auto text : {"", "0", "much", "-1"})
        BOOST_CHECK_THROW(cli::detail::parse_shm_size(text), usage_error);
    build_options options;
    cli::detail::allow("network.host", options);
    cli::detail::allow("security.insecure", options);
    BOOST_TEST(options.allow_host_network);
    BOOST_TEST(options.allow_insecure);
    cli::detail::allow("device=v.com/c=d,alias=any.org/c=e", options);
    BOOST_TEST(!options.allow_devices);
    BOOST_TEST(options.allowed_devices.at("any.org/c=e") == "v.com/c=d");
    cli::detail::allow("device", options);
    BOOST_TEST(options.allow_devices);
    for (auto text : {"devices", "device=d", "gpu"})
        BOOST_CHECK_THROW(cli::detail::allow(text, options), usage_error);
}

BOOST_AUTO_TEST_SUITE_END()
