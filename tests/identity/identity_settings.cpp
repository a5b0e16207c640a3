#include <acrx/identity/identity_settings.hpp>

#include <identity/temporary_home.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;
using identity_tests::environment_variable;

BOOST_AUTO_TEST_SUITE(identity_identity_settings)

BOOST_AUTO_TEST_CASE(reads_the_usual_variables)
{
    environment_variable const tenant("AZURE_TENANT_ID", "t");
    environment_variable const client("AZURE_CLIENT_ID", "c");
    environment_variable const secret("AZURE_CLIENT_SECRET", "s");
    environment_variable const file("AZURE_FEDERATED_TOKEN_FILE", "/f");
    environment_variable const authority("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us");
    environment_variable const endpoint("IDENTITY_ENDPOINT", "http://127.0.0.1/e");
    environment_variable const header("IDENTITY_HEADER", "h");
    environment_variable const old_endpoint("MSI_ENDPOINT", "http://127.0.0.1/m");
    environment_variable const old_secret("MSI_SECRET", "ms");
    environment_variable const host("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1");
    auto const settings = identity_settings::from_environment();
    BOOST_TEST(settings.tenant_id == "t");
    BOOST_TEST(settings.client_id == "c");
    BOOST_TEST(settings.client_secret == "s");
    BOOST_TEST(settings.federated_token_file == "/f");
    BOOST_TEST(settings.authority == "https://login.microsoftonline.us");
    BOOST_TEST(settings.identity_endpoint == "http://127.0.0.1/e");
    BOOST_TEST(settings.identity_header == "h");
    BOOST_TEST(settings.msi_endpoint == "http://127.0.0.1/m");
    BOOST_TEST(settings.msi_secret == "ms");
    BOOST_TEST(settings.metadata_host == "http://127.0.0.1");
}

BOOST_AUTO_TEST_CASE(an_empty_variable_is_not_set)
{
    environment_variable const authority("AZURE_AUTHORITY_HOST", "");
    BOOST_TEST(identity_settings::from_environment().authority == "https://login.microsoftonline.com/");
}

BOOST_AUTO_TEST_SUITE_END()
