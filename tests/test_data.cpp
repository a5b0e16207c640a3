// The one unit of the tests that knows where the checkout is, so that all others are compiled alike in any checkout.
#include <support/test_data.hpp>

std::filesystem::path acrx::testing::data_path(std::string_view name)
{
    return std::filesystem::path(ACRX_TEST_DATA) / name;
}
