// Reads the tables of tests/image/data/.
#ifndef ACRX_TESTS_IMAGE_TABLE_HPP
#define ACRX_TESTS_IMAGE_TABLE_HPP
#include <support/test_data.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace image_tests {
inline boost::json::array table(std::string const& name)
{
    std::ifstream file(acrx::testing::data_path("image/data") / name);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    auto rows = boost::json::parse(text).as_array();
    if (rows.empty())
        throw std::runtime_error(name + " is empty");
    return rows;
}

/// The text of a member; empty if it is not there.
inline std::string text(boost::json::object const& row, std::string const& name)
{
    auto const* value = row.if_contains(name);
    return value == nullptr ? std::string() : std::string(value->as_string().c_str());
}
}  // namespace image_tests
#endif
