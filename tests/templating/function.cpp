#include <acrx/templating/function.hpp>

#include <acrx/templating/options.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_function)

BOOST_AUTO_TEST_CASE(knows_all_functions_of_the_language_and_of_sprig)
{
    std::istringstream names(
        "and or not eq ne lt le gt ge len index slice print printf println html js urlquery call "
        "trim trimAll trimall trimSuffix trimPrefix upper lower title untitle repeat substr nospace trunc abbrev "
        "abbrevboth initials randAlphaNum randAlpha randAscii randNumeric swapcase shuffle snakecase camelcase "
        "kebabcase wrap wrapWith contains hasPrefix hasSuffix quote squote cat indent nindent replace plural sha1sum "
        "sha256sum adler32sum toString toStrings join sortAlpha split splitList splitn "
        "regexMatch regexFindAll regexFind regexReplaceAll regexReplaceAllLiteral regexSplit "
        "atoi int int64 float64 toDecimal add add1 sub div mod mul max biggest min ceil floor round until untilStep "
        "now date date_in_zone dateInZone date_modify dateModify ago toDate unixEpoch htmlDate htmlDateInZone "
        "default empty coalesce compact ternary deepCopy toJson toPrettyJson fail "
        "list tuple first rest last initial append push prepend reverse uniq without has concat "
        "dict set unset hasKey pluck keys values pick omit merge mergeOverwrite "
        "b64enc b64dec b32enc b32dec base dir clean ext isAbs urlParse urlJoin "
        "typeOf typeIs typeIsLike kindOf kindIs deepEqual "
        "genPrivateKey derivePassword buildCustomCert genCA genSelfSignedCert genSignedCert encryptAES decryptAES "
        "uuidv4 semver semverCompare hello");
    for (std::string name; names >> name;)
        BOOST_TEST((find_function(name) != nullptr), name);
}

BOOST_AUTO_TEST_CASE(refuses_what_reads_the_environment_or_the_network)
{
    for (auto const* name : {"env", "expandenv", "getHostByName"}) {
        BOOST_TEST((find_function(name) == nullptr), name);
        BOOST_TEST(why_refused(name).find(name) != std::string::npos);
    }
    BOOST_TEST(why_refused("nope").empty());
    BOOST_TEST((find_function("osBase") == nullptr));
}

BOOST_AUTO_TEST_CASE(draws_from_what_the_caller_gives)
{
    options use;
    use.now = [] { return moment{}; };
    use.random = [](std::span<std::byte> bytes) { std::fill(bytes.begin(), bytes.end(), std::byte{0}); };
    budget left({});
    call const c({}, use, left);
    BOOST_TEST((c.now() == moment{}));
    BOOST_TEST(*find_function("uuidv4")->body(c).if_text() == "00000000-0000-4000-8000-000000000000");
}

BOOST_AUTO_TEST_SUITE_END()
