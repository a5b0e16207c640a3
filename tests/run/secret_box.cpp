#include <acrx/run/secret_box.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <support/scratch_folder.hpp>

#include <filesystem>
#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(run_secret_box)

BOOST_AUTO_TEST_CASE(opens_what_it_sealed_and_nothing_else)
{
    secret_box const box(secret_key{});
    auto const sealed = box.seal("geheim", "here");
    BOOST_TEST(sealed.find("geheim") == sealed.npos);
    BOOST_TEST(sealed != box.seal("geheim", "here"));
    BOOST_TEST(box.open(sealed, "here") == "geheim");
    BOOST_TEST(box.open(box.seal("", "x"), "x").empty());
    BOOST_CHECK_THROW(box.open(sealed, "there"), error);
    BOOST_CHECK_THROW(box.open("", "here"), error);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        BOOST_CHECK_THROW(box.open(changed, "here"), error);
    }
    secret_key other{};
    other[31] = std::byte{1};
    BOOST_CHECK_THROW(secret_box(other).open(sealed, "here"), error);
}

BOOST_AUTO_TEST_CASE(reads_keys_in_two_forms)
{
    auto const hex = parse_secret_key(" 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1F\n");
    BOOST_CHECK(hex == parse_secret_key("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    for (std::string const wrong : {"", " ", "00", "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"})
        BOOST_CHECK_EXCEPTION(parse_secret_key(wrong), error,
                              [&](error const& e) { return wrong.size() < 10 || e.text().find(wrong) == wrong.npos; });
}

BOOST_AUTO_TEST_CASE(makes_a_key_file_for_its_owner_alone)
{
    acrx::testing::scratch_folder const folder;
    auto const file = folder.path() / "key";
    auto const made = key_of_file(file);
    BOOST_CHECK(made == key_of_file(file));
    BOOST_CHECK(made != key_of_file(folder.path() / "other"));
    namespace fs = std::filesystem;
    BOOST_CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    BOOST_CHECK_THROW(key_of_file(file), error);
}

BOOST_AUTO_TEST_SUITE_END()
