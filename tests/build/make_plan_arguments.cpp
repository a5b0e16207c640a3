// What ARG, ENV and the automatic arguments mean for a plan.
#include <acrx/build/make_plan.hpp>

#include "planned_build.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::check_history;
using acrx::testing::planned;
using acrx::testing::refusal;

BOOST_AUTO_TEST_SUITE(build_make_plan_arguments)
BOOST_AUTO_TEST_CASE(knows_the_scopes_of_arg)
{
    build_request request;
    request.build_args = {{"GIVEN", "g"}, {"UNDECLARED", "u"}};
    check_history("ARG GLOBAL=global\n"
                  "ARG GIVEN=default\n"
                  "FROM scratch\n"
                  "ARG GLOBAL\n"
                  "ARG GIVEN=mine\n"
                  "ARG NONE\n"
                  "ARG EMPTY=\n"
                  "ENV R=${NONE-unset}${EMPTY-unset}${UNDECLARED-unset}\n",
                  {"  ARG GLOBAL=global", "  ARG GIVEN=g", "  ARG NONE", "  ARG EMPTY=", "  ENV R=unsetunset"},
                  request);
}

BOOST_AUTO_TEST_CASE(lets_the_later_of_arg_and_env_win)
{
    planned const p("FROM scratch\nENV A=env\nARG A=arg\nRUN x\nENV A=again\nRUN y\n");
    auto const& first = std::get<run_operation>(p.target().steps[0].what);
    auto const& second = std::get<run_operation>(p.target().steps[1].what);
    BOOST_TEST(find_env(first.env, "A").value() == "arg");
    BOOST_TEST(find_env(second.env, "A").value() == "again");
    BOOST_TEST(find_env(p.target().config.config.env, "A").value() == "again");
}

BOOST_AUTO_TEST_CASE(does_not_evaluate_a_default_that_is_overridden)
{
    build_request request;
    request.build_args = {{"A", "1"}};
    BOOST_TEST(refusal("FROM scratch\nARG A=${B:?no}\n", request) == "no error");
    BOOST_TEST(refusal("FROM scratch\nARG A=${B:?no}\n").starts_with("2: "));
}

BOOST_AUTO_TEST_CASE(sees_the_environment_from_before_the_line)
{
    check_history("FROM scratch\nENV a=1\nENV a=2 b=$a\n", {"  ENV a=1", "  ENV a=2 b=1"});
}

BOOST_AUTO_TEST_CASE(fills_in_the_platform_arguments)
{
    build_request request;
    request.platform = parse_platform("linux/arm64");
    planned const p("FROM --platform=$BUILDPLATFORM base-$TARGETARCH AS one\nARG TARGETPLATFORM\nARG BUILDARCH\n"
                    "ENV P=$TARGETPLATFORM-$BUILDARCH\n",
                    request);
    BOOST_TEST(p.asked.at(0) == "base-arm64");
    BOOST_TEST(find_env(p.target().config.config.env, "P").value() == "linux/arm64-amd64");
}

BOOST_AUTO_TEST_CASE(hides_secret_arguments)
{
    build_request request;
    request.build_args = {{"TOKEN", "s3cr3t"}};
    request.secret_args = {"TOKEN"};
    planned const p("FROM scratch\nARG TOKEN\nRUN use $TOKEN\nCOPY s3cr3t /\n", request);
    for (auto const& line : p.history())
        BOOST_TEST(line.find("s3cr3t") == std::string::npos, line);
    for (auto const& step : p.target().steps)
        BOOST_TEST(step.title.find("s3cr3t") == std::string::npos, step.title);
    BOOST_TEST(find_env(std::get<run_operation>(p.target().steps[0].what).env, "TOKEN").value() == "s3cr3t");
}

BOOST_AUTO_TEST_CASE(gives_proxies_to_run_and_to_nothing_else)
{
    build_request request;
    request.build_args = {{"HTTP_PROXY", "http://p"}};
    planned const p("FROM scratch\nRUN x\n", request);
    auto const& run = std::get<run_operation>(p.target().steps[0].what);
    BOOST_TEST(run.proxies == (std::vector<std::string>{"HTTP_PROXY=http://p", "http_proxy=http://p"}),
               boost::test_tools::per_element());
    BOOST_TEST(p.history().at(0) == "+ RUN /bin/sh -c x # buildkit");
}

BOOST_AUTO_TEST_CASE(takes_a_declared_proxy_for_an_ordinary_argument)
{
    build_request request;
    request.build_args = {{"no_proxy", "x"}, {"NO_PROXY", "y"}};
    planned const p("FROM scratch\nARG no_proxy\nRUN x\n", request);
    auto const& run = std::get<run_operation>(p.target().steps[0].what);
    BOOST_TEST(run.proxies == std::vector<std::string>{"NO_PROXY=y"}, boost::test_tools::per_element());
    BOOST_TEST(find_env(run.env, "no_proxy").value() == "x");
    BOOST_TEST(p.history().at(1) == "+ RUN |1 no_proxy=x /bin/sh -c x # buildkit");
}

BOOST_AUTO_TEST_CASE(names_the_target_stage)
{
    auto const stage_for = [](std::string const& text, std::string target) {
        build_request request;
        request.target = std::move(target);
        return find_env(planned(text, request).target().config.config.env, "S").value();
    };
    BOOST_TEST(stage_for("FROM scratch AS a\nARG TARGETSTAGE\nENV S=$TARGETSTAGE\nFROM a AS b\n", "a") == "a");
    BOOST_TEST(stage_for("FROM scratch AS a\nARG TARGETSTAGE\nENV S=$TARGETSTAGE\nFROM a AS b\n", "") == "b");
    BOOST_TEST(stage_for("FROM scratch\nARG TARGETSTAGE\nENV S=$TARGETSTAGE\n", "") == "default");
}

BOOST_AUTO_TEST_CASE(knows_the_automatic_arguments_only_where_they_are_declared)
{
    build_request request;
    request.platform = parse_platform("linux/arm/v7");
    request.build_platform = parse_platform("linux/amd64");
    check_history("FROM scratch\n"
                  "ENV R=${TARGETARCH-unset}\n"
                  "ARG TARGETOS TARGETARCH TARGETVARIANT TARGETOSVERSION\n"
                  "ARG BUILDOS BUILDARCH BUILDVARIANT BUILDPLATFORM\n"
                  "ARG TARGETPLATFORM=mine\n",
                  {"  ENV R=unset", "  ARG TARGETOS=linux TARGETARCH=arm TARGETVARIANT=v7 TARGETOSVERSION=",
                   "  ARG BUILDOS=linux BUILDARCH=amd64 BUILDVARIANT= BUILDPLATFORM=linux/amd64",
                   "  ARG TARGETPLATFORM=mine"},
                  request);
    request.build_args["TARGETARCH"] = "other";
    planned const p("FROM base-$TARGETARCH\nARG TARGETARCH\nENV R=$TARGETARCH\n", request);
    BOOST_TEST(p.asked.at(0) == "base-other");
    BOOST_TEST(find_env(p.target().config.config.env, "R").value() == "other");
}

BOOST_AUTO_TEST_CASE(expands_globals_in_order)
{
    build_request request;
    request.build_args = {{"B", "given"}};
    planned const p("ARG A=one B=$A C=${B}-$A\nARG D=${E:-$C}\nFROM base:$D AS s\nENV X=${A-unset}\nARG A\nENV Y=$A\n",
                    request);
    BOOST_TEST(p.asked.at(0) == "base:given-one");
    BOOST_TEST(find_env(p.target().config.config.env, "X").value() == "unset");
    BOOST_TEST(find_env(p.target().config.config.env, "Y").value() == "one");
}

BOOST_AUTO_TEST_CASE(gives_arguments_to_stages_but_not_to_other_stages)
{
    planned const p("FROM scratch AS a\nARG L=1\nFROM scratch AS b\nENV X=${L-unset}\nFROM a AS c\nENV X=${L-unset}\n"
                    "COPY --from=b x x\n");
    BOOST_TEST(find_env(p.plan.stages[1]->config.config.env, "X").value() == "unset");
    BOOST_TEST(find_env(p.target().config.config.env, "X").value() == "1");
    BOOST_TEST(!find_env(p.target().config.config.env, "L"));  // an ARG is nothing that containers see
}

BOOST_AUTO_TEST_CASE(chooses_the_platform_of_a_base)
{
    build_request request;
    request.platform = parse_platform("linux/arm64");
    std::vector<std::string> asked;
    auto const file =
        dockerfile::parse_file("ARG P=linux/s390x\nFROM --platform=$P one AS a\nFROM --platform=386 two AS b\n"
                               "FROM three\nCOPY --from=a x x\nCOPY --from=b x x\n");
    base_resolver resolve = [&](std::string name, platform p) -> net::awaitable<std::shared_ptr<base_image const>> {
        asked.push_back(name + " " + to_string(p));
        auto image = std::make_shared<base_image>();
        image->config.platform = std::move(p);
        co_return image;
    };
    net::io_context host;
    auto result = net::co_spawn(host, make_plan(file, request, resolve, {}), net::use_future);
    host.run();
    result.get();
    BOOST_TEST(asked == (std::vector<std::string>{"three linux/arm64", "one linux/s390x", "two linux/386"}),
               boost::test_tools::per_element());
}
BOOST_AUTO_TEST_SUITE_END()
