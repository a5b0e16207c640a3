// Reads and runs the tables of tests/templating/data/.
#ifndef ACRX_TESTS_TEMPLATING_TABLES_HPP
#define ACRX_TESTS_TEMPLATING_TABLES_HPP
#include <acrx/templating/template.hpp>

#include <support/test_data.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>

namespace templating_tests {
inline boost::json::object table(std::string const& name)
{
    std::ifstream file(acrx::testing::data_path("templating/data") / name);
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    auto all = boost::json::parse(text).as_object();
    if (all.at("cases").as_array().empty())
        throw std::runtime_error(name + " is empty");
    return all;
}

inline std::string text(boost::json::value const& v)
{
    return std::string(v.as_string());
}

/// Options of task files, with a clock that stands still and random bytes that count up.
inline acrx::templating::options fixed_options(std::string const& mode = "acr")
{
    using namespace acrx::templating;
    auto use = mode == "acr" ? task_options("t") : options{};
    use.name = "t";
    if (mode == "strict")
        use.on_missing_key = missing_key::error;
    use.now = [] {
        moment time;
        time.seconds = 1709251199;
        return time;
    };
    use.random = [next = 0U](std::span<std::byte> bytes) mutable {
        for (auto& b : bytes)
            b = static_cast<std::byte>(next++);
    };
    return use;
}

/// The output, or the text of the error after `error: `.
inline std::string outcome(std::string const& source, acrx::templating::value const& data,
                           acrx::templating::options use = fixed_options())
{
    try {
        return acrx::templating::render(source, data, std::move(use));
    } catch (acrx::templating::template_error const& e) {
        return "error: " + e.text();
    }
}
}  // namespace templating_tests
#endif
