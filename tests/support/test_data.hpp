// Where the data files of tests are.
#ifndef ACRX_TESTS_SUPPORT_TEST_DATA_HPP
#define ACRX_TESTS_SUPPORT_TEST_DATA_HPP

#include <filesystem>
#include <string_view>

namespace acrx::testing {
/// The path of a file or folder in `tests/`, such as `image/data/references.txt`.
std::filesystem::path data_path(std::string_view name);
}  // namespace acrx::testing
#endif
