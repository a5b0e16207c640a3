// Reads the data of tests/task/data/.
#ifndef ACRX_TESTS_TASK_SAMPLES_HPP
#define ACRX_TESTS_TASK_SAMPLES_HPP
#include <acrx/core/error.hpp>

#include <support/test_data.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace task_tests {
inline std::string read(std::string const& name)
{
    std::ifstream file(acrx::testing::data_path("task/data") / name);
    if (!file)
        throw std::runtime_error("no test data " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline boost::json::value read_json(std::string const& name)
{
    return boost::json::parse(read(name));
}

inline std::string text(boost::json::value const& v)
{
    return std::string(v.as_string());
}

/// What `act` throws: its text, a line feed, its advice; `none` if it does not throw.
template<class Act>
std::string failure(Act act)
{
    try {
        act();
    } catch (acrx::error const& e) {
        return e.text() + "\n" + e.advice();
    }
    return "none";
}
}  // namespace task_tests
#endif
