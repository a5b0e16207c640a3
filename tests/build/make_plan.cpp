#include <acrx/build/make_plan.hpp>

#include "planned_build.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

using namespace acrx;
using acrx::testing::check_history;
using acrx::testing::planned;
using acrx::testing::refusal;

BOOST_AUTO_TEST_SUITE(build_make_plan)
BOOST_AUTO_TEST_CASE(writes_the_history_that_buildkit_writes)
{
    check_history("FROM scratch\n"
                  "ARG X=1\n"
                  "ENV A=$X B=\"2 3\"\n"
                  "WORKDIR /w\n"
                  "WORKDIR d\n"
                  "RUN make $A\n"
                  "RUN [\"a\", \"b c\"]\n"
                  "COPY --chown=1:2 --chmod=755 a b /d/\n"
                  "ADD x.tar .\n"
                  "USER $A\n"
                  "LABEL k=$A l='v w'\n"
                  "EXPOSE 2375 1234/udp\n"
                  "VOLUME /a /b\n"
                  "CMD [\"a\", \"b c\"]\n"
                  "ENTRYPOINT run it\n"
                  "SHELL [\"/bin/sh\", \"-c\"]\n"
                  "STOPSIGNAL SIGTERM\n"
                  "MAINTAINER me\n"
                  "HEALTHCHECK --interval=5s CMD x\n"
                  "ONBUILD RUN y\n",
                  {"  ARG X=1",
                   "  ENV A=1 B=2 3",
                   "+ WORKDIR /w",
                   "+ WORKDIR /w/d",
                   "+ RUN |1 X=1 /bin/sh -c make $A # buildkit",
                   "+ RUN |1 X=1 a b c # buildkit",
                   "+ COPY --chown=1:2 --chmod=755 a b /d/ # buildkit",
                   "+ ADD x.tar . # buildkit",
                   "  USER 1",
                   "  LABEL k=1 l=v w",
                   "  EXPOSE [1234/udp 2375/tcp]",
                   "  VOLUME [/a /b]",
                   "  CMD [\"a\" \"b c\"]",
                   "  ENTRYPOINT [\"/bin/sh\" \"-c\" \"run it\"]",
                   "  SHELL [/bin/sh -c]",
                   "  STOPSIGNAL SIGTERM",
                   "  MAINTAINER me",
                   "  HEALTHCHECK {Test:[CMD-SHELL x] Interval:5s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}"});
}

BOOST_AUTO_TEST_CASE(visits_only_what_the_target_needs)
{
    std::string const text = "FROM missing AS unused\nRUN x\nFROM base AS lib\nRUN y\nFROM scratch AS app\n"
                             "COPY --from=lib /a /a\nFROM app AS debug\nRUN z\n";
    build_request request;
    request.target = "APP";
    planned const p(text, request);
    BOOST_TEST(p.plan.target == 2U);
    BOOST_TEST(!p.plan.stages[0].has_value());
    BOOST_TEST(p.plan.stages[1].has_value());
    BOOST_TEST(!p.plan.stages[3].has_value());
    BOOST_TEST(p.asked == std::vector<std::string>{"base"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(inherits_from_an_image_and_from_a_stage)
{
    image_config base;
    base.config.env = {"PATH=/x", "K=v"};
    base.config.cmd = std::vector<std::string>{"base"};
    base.config.working_dir = "/home";
    planned const p("FROM base AS a\nARG LOCAL=1\nENV E=$K\nFROM a\nENV F=$E$LOCAL\nENTRYPOINT [\"e\"]\nRUN x\n", {}, base);
    auto const& config = p.target().config.config;
    BOOST_TEST(config.env == (std::vector<std::string>{"PATH=/x", "K=v", "E=v", "F=v1"}),
               boost::test_tools::per_element());
    BOOST_TEST(!config.cmd.has_value());  // an inherited CMD goes with a new ENTRYPOINT
    BOOST_TEST(std::get<run_operation>(p.target().steps.at(0).what).working_dir == "/home");
}

BOOST_AUTO_TEST_CASE(keeps_a_cmd_of_the_same_stage)
{
    planned const p("FROM base\nCMD [\"c\"]\nENTRYPOINT [\"e\"]\n");
    BOOST_TEST(p.target().config.config.cmd.has_value());
}

BOOST_AUTO_TEST_CASE(runs_the_triggers_of_the_base_once)
{
    image_config base;
    base.config.on_build = {"RUN echo $A", "COPY . /src"};
    planned const p("FROM base AS a\nENV A=1\nFROM a\n", {}, base);
    auto const& first = *p.plan.stages[0];
    BOOST_TEST(first.steps.size() == 2U);
    BOOST_TEST(first.config.config.on_build.empty());
    BOOST_TEST(p.target().steps.empty());
}

BOOST_AUTO_TEST_CASE(makes_scripts_of_documents)
{
    planned const p("FROM scratch\nRUN <<EOF\na\nb\nEOF\nRUN <<EOF\n#!/usr/bin/env python\nprint()\nEOF\n"
                    "RUN python3 <<EOF\nx\nEOF\n");
    auto const step = [&](std::size_t i) { return std::get<run_operation>(p.target().steps[i].what); };
    BOOST_TEST(step(0).args.back() == "a\nb\n");
    BOOST_TEST(step(1).args.back() == "/dev/pipes/EOF");
    BOOST_TEST(step(1).scripts.at(0).content == "#!/usr/bin/env python\nprint()\n");
    BOOST_TEST(step(2).args.back() == "python3 <<EOF\nx\nEOF");
}

BOOST_AUTO_TEST_CASE(numbers_the_steps)
{
    planned const one("FROM scratch\nENV A=1\nCOPY a b\nRUN c\n");
    BOOST_TEST(one.target().steps[0].title == "[2/3] COPY a b");
    planned const two("FROM scratch AS x\nFROM scratch\nCOPY a b\n");
    BOOST_TEST(two.target().steps[0].title == "[stage-1 2/2] COPY a b");
}

struct refused
{
    char const* text;
    char const* expected;
};
std::ostream& operator<<(std::ostream& out, refused const& r) { return out << r.expected; }

refused const refusals[] = {
    {"ARG X\nFROM $X\n", "2: base name ($X) should not be blank"},
    {"FROM missing\n", "1: failed to resolve source metadata for missing: docker.io/library/missing:latest: not found"},
    {"FROM --platform=$NONE base\n", "1: empty platform value from expression $NONE"},
    {"FROM scratch\nCOPY --from=1 a b\n", "2: invalid stage index \"1\""},
    {"FROM scratch AS y\nCOPY --from=x a b\nFROM scratch AS x\nFROM y\n",
     "2: cannot copy from stage \"x\", it needs to be defined before current stage \"y\""},
    {"FROM scratch\nCOPY http://x/y .\n", "2: source can't be a URL for COPY"},
    {"FROM scratch\nCOPY git@x:y.git .\n", "2: source can't be a git ref for COPY"},
    {"FROM scratch\nADD --checksum=sha256:aa a b\n", "2: checksum requires HTTP(S) or Git sources"},
    {"FROM scratch\nSTOPSIGNAL NOPE\n", "2: invalid signal: NOPE"},
    {"FROM scratch\nEXPOSE x\n", "2: invalid containerPort: x"},
    {"FROM scratch\nRUN\n", "2: RUN has no command to run"},
    {"FROM scratch\nRUN --security=insecure x\n", "2: security.insecure is not allowed"},
    {"FROM scratch\nADD --checksum=sha256:aa https://x/a https://x/b c\n", "2: checksum can't be specified for multiple sources"},
    {"FROM scratch\nADD --checksum=sha256:aa https://x/y /z\n", "2: invalid checksum \"sha256:aa\""},
    {"FROM scratch\nADD --checksum=xyz https://x/y.git /z\n", "2: invalid checksum \"xyz\""},
    {"FROM scratch\nADD --checksum=abc https://x/y.git?commit=abd /z\n", "2: checksum mismatch \"abd\" != \"abc\""},
    {"FROM scratch\nADD --keep-git-dir=false https://x/y.git?keep-git-dir=true /z\n",
     "2: inconsistent keep-git-dir configuration"},
    {"FROM scratch\nADD https://me:pw@x/y.git?what=1 /z\n",
     "2: reading the git URL https://x/y.git: unexpected query \"what\""},
    {"# syntax=example.com/other:1\nFROM scratch\n",
     "1: the Dockerfile frontend \"example.com/other:1\" is not supported"},
    {"# escape=\\\n# syntax=docker/dockerfile-fork\nFROM scratch\n",
     "2: the Dockerfile frontend \"docker/dockerfile-fork\" is not supported"},
    {"#!/bin/sh\n# syntax=other\nFROM scratch\n", "1: the Dockerfile frontend \"other\" is not supported"},
    {"FROM scratch\nARG X=y\nCOPY --from=$X a b\n",
     "3: variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a "
     "workaround"},
    {"FROM Upper\n",
     "1: failed to parse stage name \"Upper\": invalid reference format: repository name (library/Upper) must be "
     "lowercase"},
    {"FROM a:b:c\n", "1: failed to parse stage name \"a:b:c\": invalid reference format"},
    {"FROM --platform=$BULIDPLATFORM base\n",
     "1: empty platform value from expression $BULIDPLATFORM (did you mean BUILDPLATFORM?)"},
    {"ARG X=${Y:?needed}\nFROM scratch\n", "1: failed to process \"${Y:?needed}\": Y: needed"},
    {"FROM scratch AS a\nONBUILD WORKDIR ${X:?no}\nFROM a\n", "3: failed to process \"${X:?no}\": X: no"},
    {"# check=error=true\nFROM scratch\nENV a b\n", "3: lint violation found for rules: LegacyKeyValueFormat"},
};

BOOST_DATA_TEST_CASE(refuses_with_the_line, boost::unit_test::data::make(refusals), r)
{
    BOOST_TEST(refusal(r.text) == r.expected);
}

BOOST_AUTO_TEST_CASE(takes_every_version_of_its_own_frontend)
{
    for (auto const* image : {"docker/dockerfile", "docker/dockerfile:1", "docker/dockerfile:1.7-labs",
                              "docker/dockerfile-upstream:master", "docker.io/docker/dockerfile:1@sha256:"
                              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                              "mirror.example.com/docker/dockerfile:1"})
        BOOST_TEST(refusal(std::string("# syntax=") + image + "\nFROM scratch\n") == "no error", image);
}

BOOST_AUTO_TEST_CASE(lets_a_build_argument_name_the_frontend)
{
    build_request request;
    request.build_args["BUILDKIT_SYNTAX"] = "docker/dockerfile:1";
    BOOST_TEST(refusal("# syntax=example.com/other\nFROM scratch\n", request) == "no error");
    request.build_args["BUILDKIT_SYNTAX"] = "example.com/other";
    BOOST_TEST(refusal("FROM scratch\n", request) == "0: the Dockerfile frontend \"example.com/other\" is not supported");
}

BOOST_AUTO_TEST_CASE(finds_the_target_by_name_and_by_number)
{
    std::string const text = "FROM scratch AS a\nENV X=0\nFROM scratch\nENV X=1\nFROM scratch AS c\nENV X=2\n";
    auto const value_for = [&](std::string target) {
        build_request request;
        request.target = std::move(target);
        return find_env(planned(text, request).target().config.config.env, "X").value();
    };
    BOOST_TEST(value_for("") == "2");
    BOOST_TEST(value_for("A") == "0");
    BOOST_TEST(value_for("1") == "1");
    BOOST_TEST(value_for("c") == "2");
}

BOOST_AUTO_TEST_CASE(resets_commands_as_buildkit_does)
{
    image_config base;
    base.config.cmd = std::vector<std::string>{"base"};
    base.config.entrypoint = std::vector<std::string>{"start"};
    auto const config = [&](std::string const& lines) { return planned("FROM base\n" + lines, {}, base).target().config.config; };
    BOOST_TEST(config("CMD [\"c\"]\n").entrypoint.value().at(0) == "start");
    BOOST_TEST(config("CMD [\"c\"]\n").args_escaped);
    BOOST_TEST(!config("ENTRYPOINT [\"e\"]\n").cmd.has_value());
    BOOST_TEST(!config("ENTRYPOINT [\"e\"]\n").args_escaped);
    BOOST_TEST(config("CMD [\"c\"]\nENTRYPOINT [\"e\"]\n").cmd.value().at(0) == "c");
    BOOST_TEST(config("ENTRYPOINT []\nCMD []\n").entrypoint.value().empty());
    BOOST_TEST(config("SHELL [\"/bin/bash\", \"-c\"]\nCMD a $b\n").cmd.value()
                   == (std::vector<std::string>{"/bin/bash", "-c", "a $b"}),
               boost::test_tools::per_element());
    BOOST_TEST(config("CMD ['a','b']\n").cmd.value().at(2) == "['a','b']");
}

BOOST_AUTO_TEST_CASE(inherits_the_health_check)
{
    image_config base;
    base.config.healthcheck = health_check{.test = {"CMD", "x"}};
    base.config.healthcheck->retries = 3;
    auto const check = [&](std::string const& lines) {
        return planned("FROM base\n" + lines, {}, base).target().config.config.healthcheck.value();
    };
    BOOST_TEST(check("ENV A=1\n").retries == 3);
    BOOST_TEST(check("HEALTHCHECK NONE\n").test.at(0) == "NONE");
    BOOST_TEST(check("HEALTHCHECK --interval=1m CMD y\n").retries == 0);  // 0: as the base image says
    BOOST_TEST(check("HEALTHCHECK CMD [\"y\"]\n").test == (std::vector<std::string>{"CMD", "y"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lets_the_labels_of_the_request_win)
{
    build_request request;
    request.labels = {{"a", "request"}, {"c", "request"}};
    planned const p("FROM scratch\nLABEL a=file b=file\nLABEL old  form with  blanks\n", request);
    auto const& labels = p.target().config.config.labels;
    BOOST_TEST(labels.at("a") == "request");
    BOOST_TEST(labels.at("b") == "file");
    BOOST_TEST(labels.at("c") == "request");
    BOOST_TEST(labels.at("old") == "form with  blanks");
    BOOST_TEST(p.history().size() == 2U);
}

BOOST_AUTO_TEST_CASE(reads_the_old_form_of_env)
{
    check_history("FROM scratch\nENV a b=c \"d  e\"\nENV f $a\n", {"  ENV a=b=c d  e", "  ENV f=b=c d  e"});
}

BOOST_AUTO_TEST_CASE(exposes_ranges_and_the_words_of_variables)
{
    planned const p("FROM scratch\nARG P='80 90/udp'\nEXPOSE $P 7000-7002\nEXPOSE 127.0.0.1:1:443 80\n");
    BOOST_TEST(p.target().config.config.exposed_ports
                   == (std::set<std::string>{"443/tcp", "7000/tcp", "7001/tcp", "7002/tcp", "80/tcp", "90/udp"}),
               boost::test_tools::per_element());
    BOOST_TEST(p.history().at(2) == "  EXPOSE [443/tcp 80/tcp]");
}

BOOST_AUTO_TEST_CASE(reads_triggers_with_the_usual_escape_character)
{
    image_config base;
    base.config.on_build = {"ENV A=a\\ b"};
    planned const p("# escape=`\nFROM base\n", {}, base);
    BOOST_TEST(p.history().size() == 1U);
}

BOOST_AUTO_TEST_CASE(records_triggers_as_written)
{
    planned const p("FROM scratch AS a\nONBUILD  RUN  echo  $X\nonbuild COPY <<E /x\nb $Y\nE\nFROM a\n");
    BOOST_TEST(p.plan.stages[0]->config.config.on_build == (std::vector<std::string>{"RUN  echo  $X", "COPY <<E /x\nb $Y\nE"}),
               boost::test_tools::per_element());
    BOOST_TEST(p.target().config.config.on_build.empty());
    BOOST_TEST(p.target().steps.size() == 2U);
    BOOST_TEST(p.plan.stages[0]->history.empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_author_and_cleans_folders)
{
    planned const p("FROM scratch\nMAINTAINER A  B <c@d>\nWORKDIR /a//b/../c/\nWORKDIR ../d\nWORKDIR /p q\nWORKDIR /..\n");
    BOOST_TEST(p.target().config.author == "A  B <c@d>");
    BOOST_TEST(p.history() == (std::vector<std::string>{"  MAINTAINER A  B <c@d>", "+ WORKDIR /a/c", "+ WORKDIR /a/d",
                                                         "+ WORKDIR /p q", "  WORKDIR /"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(uses_the_escape_character_of_the_file)
{
    check_history("# escape=`\nFROM scratch\nENV A=1 B=c:\\dir C=`$A D=\\$A `\n  E=2\n",
                  {"  ENV A=1 B=c:\\dir C=$A D=\\ E=2"});
}

BOOST_AUTO_TEST_CASE(tells_downloads_and_repositories_from_paths)
{
    planned const plan("FROM scratch\nARG V=1\nADD a https://me:pw@x/b/c%20d/?q https://x/e.git#v$V:f git@h:g.git http://x /z/\n");
    auto const& step = std::get<copy_operation>(plan.target().steps.front().what);
    BOOST_TEST(step.remotes.size() == 4U);
    BOOST_TEST(std::get<web_file>(step.remotes.at(1)).name == "c d");
    BOOST_TEST(std::get<web_file>(step.remotes.at(4)).name == "__unnamed__");
    auto const& repository = std::get<git_location>(step.remotes.at(2));
    BOOST_TEST(repository.remote == "https://x/e.git");
    BOOST_TEST(repository.ref == "v1");
    BOOST_TEST(repository.folder == "f");
    BOOST_TEST(std::get<git_location>(step.remotes.at(3)).remote == "git@h:g.git");
    BOOST_TEST(plan.history().back().find("pw") == std::string::npos, plan.history().back());
    BOOST_TEST(plan.target().steps.front().title.find("pw") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_the_stages_when_the_target_is_unknown)
{
    build_request request;
    request.target = "nope";
    BOOST_CHECK_EXCEPTION(planned("FROM scratch AS a\nFROM scratch AS b\n", request), error, [](error const& e) {
        return e.code() == errc::not_found && e.advice() == "The stages are: a, b.";
    });
}
BOOST_AUTO_TEST_SUITE_END()
