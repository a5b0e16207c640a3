// RUN --device: how it is written, and who may have it.
#include <acrx/build/make_plan.hpp>

#include "planned_build.hpp"

#include <acrx/build/cache_key.hpp>
#include <acrx/build/option_values.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;
using acrx::testing::planned;
using acrx::testing::refusal;

BOOST_AUTO_TEST_SUITE(build_make_plan_devices)
namespace {
build_request allowing(std::string const& entitlement)
{
    build_request request;
    allow_entitlement(entitlement, request);
    return request;
}

run_operation run_of(std::string const& flag, build_request request = allowing("device"))
{
    planned const plan("FROM scratch\nRUN --device=" + flag + " true\n", std::move(request));
    return std::get<run_operation>(plan.target().steps.back().what);
}

std::string refused(std::string const& flag, build_request request = allowing("device"))
{
    return refusal("FROM scratch\nRUN --device=" + flag + " true\n", std::move(request));
}
}  // namespace

BOOST_AUTO_TEST_CASE(has_a_name_and_may_be_required)
{
    auto const device = [](std::string const& flag) {
        auto const run = run_of(flag);
        return run.devices.at(0).name + (run.devices.at(0).required ? " required" : "");
    };
    BOOST_TEST(device("v.com/c=d") == "v.com/c=d");
    BOOST_TEST(device("name=v.com/c=d,required") == "v.com/c=d required");
    BOOST_TEST(device("required,v.com/c") == "v.com/c required");
    BOOST_TEST(device("v.com/c=*,required=false") == "v.com/c=*");
    BOOST_TEST(refused("c") == "2: invalid device \"c\"");
    BOOST_TEST(refused("required") == "2: invalid device \"\"");
    BOOST_TEST(refused("v.com/c=d,required=maybe") == "2: invalid value for required: maybe");
    BOOST_TEST(refused("v.com/c=d,name=v.com/c=e") == "2: device name already set to v.com/c=d");
    BOOST_TEST(refused("v.com/c=d,mode=1") == "2: unexpected key 'mode' in 'mode=1'");
}

BOOST_AUTO_TEST_CASE(must_be_allowed_by_its_name_or_kind)
{
    BOOST_TEST(refused("v.com/c=d", {}) == "2: device v.com/c=d is not allowed");
    BOOST_TEST(refused("v.com/c=d", allowing("device=v.com/c=e")) == "2: device v.com/c=d is not allowed");
    BOOST_TEST(refused("v.com/c", allowing("device=v.com/c=e")) == "2: device v.com/c is not allowed");
    BOOST_TEST(run_of("v.com/c=d", allowing("device=v.com/c=d")).devices.size() == 1U);
    BOOST_TEST(run_of("v.com/c=d", allowing("device=v.com/c")).devices.at(0).name == "v.com/c=d");
    BOOST_TEST(run_of("any.org/gpu=0", allowing("device=v.com/c=d,alias=any.org/gpu=0")).devices.at(0).name == "v.com/c=d");
    for (auto const* wrong : {"device=", "device=c", "device=v.com/c,other=x", "device=v.com/c,alias=c", "devices"})
        BOOST_CHECK_THROW(allowing(wrong), option_error);
}

BOOST_AUTO_TEST_CASE(its_name_is_part_of_the_key_of_the_step)
{
    auto const key = [](run_operation const& run) { return cache_key(run, digest(), {}).str(); };
    auto const one = run_of("v.com/c=d");
    auto without = one;
    without.devices.clear();
    auto other = one;
    other.devices[0].name = "v.com/c=e";
    BOOST_TEST(key(one) != key(without));
    BOOST_TEST(key(one) != key(other));
    BOOST_TEST(key(one) == key(run_of("name=v.com/c=d")));
}
BOOST_AUTO_TEST_SUITE_END()
