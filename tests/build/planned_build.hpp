// Plans a Dockerfile text for tests, without a registry.
#ifndef ACRX_TESTS_BUILD_PLANNED_BUILD_HPP
#define ACRX_TESTS_BUILD_PLANNED_BUILD_HPP

#include <acrx/build/make_plan.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace acrx::testing {
/// Plans a text; every image that is named resolves to `base`, except `missing`.
struct planned
{
    explicit planned(std::string const& text, build_request request = {}, image_config base = {})
    {
        auto const file = dockerfile::parse_file(text);
        base.platform = request.platform;
        base_resolver resolve = [&](std::string name, platform) -> net::awaitable<std::shared_ptr<base_image const>> {
            asked.push_back(name);
            if (name == "missing")
                throw error(errc::not_found, "docker.io/library/missing:latest");
            auto image = std::make_shared<base_image>();
            image->name = parse_reference(name);
            image->config = base;
            co_return image;
        };
        net::io_context host;
        auto result = net::co_spawn(host, make_plan(file, request, resolve, {}), net::use_future);
        host.run();
        plan = result.get();
    }

    stage_plan const& target() const { return *plan.stages[plan.target]; }
    std::vector<std::string> history() const
    {
        std::vector<std::string> lines;
        for (auto const& entry : target().history)
            lines.push_back((entry.empty_layer ? "  " : "+ ") + entry.created_by);
        return lines;
    }

    build_plan plan;
    std::vector<std::string> asked;
};

inline void check_history(std::string const& text, std::vector<std::string> const& expected, build_request request = {})
{
    auto const lines = planned(text, std::move(request)).history();
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

inline std::string refusal(std::string const& text, build_request request = {})
{
    try {
        planned plan(text, std::move(request));
    } catch (dockerfile::parse_error const& e) {
        return std::to_string(e.where().first_line) + ": " + e.text();
    } catch (error const& e) {
        return e.text();
    }
    return "no error";
}
}  // namespace acrx::testing
#endif
