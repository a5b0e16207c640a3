#include <acrx/identity/first_secret_of.hpp>

#include <support/run.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(identity_first_secret_of)

namespace {
/// Answers what begins with its name, and fails on what ends with `!`.
struct named_secrets
{
    std::string name;

    net::awaitable<std::string> resolve(secret_reference reference)
    {
        if (!reference.where.starts_with(name))
            throw error(errc::not_supported, "reading " + reference.where + " in " + name);
        if (reference.where.ends_with('!'))
            throw error(errc::not_found, "reading " + reference.where + " in " + name);
        co_return "secret of " + name;
    }
};
static_assert(secret_resolver<first_secret_of<named_secrets, named_secrets>>);

std::string resolve(std::string const& where)
{
    first_secret_of all(named_secrets{"a"}, named_secrets{"b"}, named_secrets{"bc"});
    try {
        return acrx::testing::run(all.resolve({where, ""}));
    } catch (error const& e) {
        return e.doing();
    }
}
}  // namespace

BOOST_AUTO_TEST_CASE(asks_until_one_understands)
{
    BOOST_TEST(resolve("a1") == "secret of a");
    BOOST_TEST(resolve("bc") == "secret of b");
    BOOST_TEST(resolve("a!") == "reading a! in a");
    BOOST_TEST(resolve("d") == "reading d in bc");
}

BOOST_AUTO_TEST_SUITE_END()
