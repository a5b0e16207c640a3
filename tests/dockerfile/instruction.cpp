#include <acrx/dockerfile/instruction.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx::dockerfile;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(dockerfile_instruction)

instruction one(std::string const& line)
{
    return to_instruction(parse(line).nodes.front());
}

template<class T>
T as(std::string const& line)
{
    return std::get<T>(one(line).what);
}

parse_error refusal_of(std::string const& line)
{
    try {
        one(line);
    } catch (parse_error const& e) {
        return e;
    }
    return {acrx::errc::syntax, {}, "no error"};
}

std::string error_of(std::string const& line)
{
    return refusal_of(line).text();
}

BOOST_AUTO_TEST_CASE(names_its_keyword)
{
    for (auto line : {"FROM a", "ARG a", "ENV a=b", "LABEL a=b", "RUN a", "COPY a b", "ADD a b", "WORKDIR a", "USER a",
                      "EXPOSE 80", "VOLUME a", "ENTRYPOINT a", "CMD a", "SHELL [\"a\"]", "STOPSIGNAL 9",
                      "HEALTHCHECK NONE", "ONBUILD RUN a", "MAINTAINER a"}) {
        auto const read = one(line);
        BOOST_CHECK_EQUAL(keyword_of(read.what), read.keyword);
        BOOST_CHECK_EQUAL(read.original, line);
    }
}

BOOST_AUTO_TEST_CASE(reads_from)
{
    auto const f = as<from>("FROM --platform=$P a:b As Stage-1");
    BOOST_CHECK_EQUAL(f.image, "a:b");
    BOOST_CHECK_EQUAL(f.stage_name, "stage-1");
    BOOST_CHECK_EQUAL(f.stage_name_as_written, "Stage-1");
    BOOST_CHECK_EQUAL(f.as_keyword, "As");
    BOOST_CHECK_EQUAL(f.platform, "$P");
}

BOOST_AUTO_TEST_CASE(tells_an_absent_value_from_an_empty_one)
{
    auto const declared = as<arg>("ARG a b= c=\"d e\"").declarations;
    BOOST_REQUIRE_EQUAL(declared.size(), 3U);
    BOOST_CHECK(!declared[0].value);
    BOOST_CHECK(declared[1].value == "");
    BOOST_CHECK(declared[2].value == "\"d e\"");
}

BOOST_AUTO_TEST_CASE(marks_the_legacy_form)
{
    BOOST_CHECK(!as<env>("ENV a=b").variables[0].legacy);
    auto const old = as<label>("LABEL a b  c=d").labels;
    BOOST_REQUIRE_EQUAL(old.size(), 1U);
    BOOST_CHECK(old[0].legacy);
    BOOST_CHECK_EQUAL(old[0].value, "b  c=d");
}

BOOST_AUTO_TEST_CASE(reads_run)
{
    auto const r = as<run>("RUN --mount='type=cache,\"target=/a,b\",RO' --mount=type=$T,source= --network=host "
                           "--security=insecure --device=v/c a  b");
    BOOST_CHECK(r.command.words == std::vector<std::string>{"a  b"});
    BOOST_CHECK(r.command.shell_form);
    BOOST_REQUIRE_EQUAL(r.mounts.size(), 2U);
    BOOST_CHECK_EQUAL(r.mounts[0].get("target").value(), "/a,b");
    BOOST_CHECK_EQUAL(r.mounts[0].fields[2].name, "ro");
    BOOST_CHECK(!r.mounts[0].fields[2].value);
    BOOST_CHECK_EQUAL(r.mounts[1].get("type").value(), "$T");
    BOOST_CHECK_EQUAL(r.mounts[1].get("source").value(), "");
    BOOST_CHECK(!r.mounts[1].get("from"));
    BOOST_CHECK_EQUAL(r.network, "host");
    BOOST_CHECK_EQUAL(r.security, "insecure");
    BOOST_CHECK(r.devices == std::vector<std::string>{"v/c"});

    auto const list = as<run>("RUN [\"a\", \"b c\"]");
    BOOST_CHECK(!list.command.shell_form);
    BOOST_CHECK(list.command.words == (std::vector<std::string>{"a", "b c"}));
    BOOST_CHECK_EQUAL(list.network, "default");
}

BOOST_AUTO_TEST_CASE(reads_copy_with_heredocs)
{
    auto const c = as<copy>("COPY --from=x --chown=1 --chmod=u+x --link --parents --exclude=a --exclude=b s <<E d/\n"
                            "t\nE\n");
    BOOST_CHECK_EQUAL(c.from, "x");
    BOOST_CHECK_EQUAL(c.files.chown, "1");
    BOOST_CHECK_EQUAL(c.files.chmod, "u+x");
    BOOST_CHECK(c.files.link);
    BOOST_CHECK(c.files.parents);
    BOOST_CHECK(c.files.excludes == (std::vector<std::string>{"a", "b"}));
    BOOST_CHECK(c.files.sources == std::vector<std::string>{"s"});
    BOOST_REQUIRE_EQUAL(c.files.heredocs.size(), 1U);
    BOOST_CHECK_EQUAL(c.files.heredocs[0].content, "t\n");
    BOOST_CHECK_EQUAL(c.files.destination, "d/");
    BOOST_CHECK(as<copy>("COPY [\"<<E\", \"d\"]").files.heredocs.empty());
    BOOST_CHECK(as<copy>("COPY << EOF /d\nx\nEOF\n").files.sources == (std::vector<std::string>{"<<", "EOF"}));
}

BOOST_AUTO_TEST_CASE(reads_add)
{
    auto const a = as<add>("ADD --checksum=sha256:aa --keep-git-dir --unpack=FALSE u d");
    BOOST_CHECK_EQUAL(a.checksum, "sha256:aa");
    BOOST_CHECK(a.keep_git_dir);
    BOOST_CHECK(a.unpack == false);
    BOOST_CHECK(!as<add>("ADD a b").unpack);
}

BOOST_AUTO_TEST_CASE(reads_commands)
{
    BOOST_CHECK(as<cmd>("CMD []").command.words.empty());
    BOOST_CHECK(!as<cmd>("CMD []").command.shell_form);
    BOOST_CHECK(as<entrypoint>("ENTRYPOINT []x").command.words == std::vector<std::string>{"[]x"});
    BOOST_CHECK(as<shell>("SHELL [\"a\",\"b\"]").words == (std::vector<std::string>{"a", "b"}));
    BOOST_CHECK_EQUAL(as<workdir>("WORKDIR /p q").path, "/p q");
    BOOST_CHECK_EQUAL(as<user>("USER a b").name, "a b");
}

BOOST_AUTO_TEST_CASE(reads_healthcheck)
{
    auto const h = as<healthcheck>(
        "HEALTHCHECK --interval=1m30s --timeout=5s --start-period=0 --start-interval=500ms --retries=3 cmd a b");
    BOOST_CHECK(h.test == (std::vector<std::string>{"CMD-SHELL", "a b"}));
    BOOST_CHECK(h.interval == 90s);
    BOOST_CHECK(h.timeout == 5s);
    BOOST_CHECK(h.start_period == 0s);
    BOOST_CHECK(h.start_interval == 500ms);
    BOOST_CHECK_EQUAL(h.retries, 3);
    BOOST_CHECK(as<healthcheck>("HEALTHCHECK CMD [\"a\", \"b\"]").test == (std::vector<std::string>{"CMD", "a", "b"}));
    BOOST_CHECK(as<healthcheck>("HEALTHCHECK none").test == std::vector<std::string>{"NONE"});
}

BOOST_AUTO_TEST_CASE(keeps_onbuild_as_written_and_reads_it_later)
{
    auto const trigger = as<onbuild>("ONBUILD  COPY <<E  /x\n$a\nE\n").trigger;
    BOOST_CHECK_EQUAL(trigger, "COPY <<E  /x\n$a\nE");
    auto const fired = std::get<copy>(parse_onbuild_trigger(trigger).what);
    BOOST_CHECK_EQUAL(fired.files.heredocs[0].content, "$a\n");
    for (auto refused : {"ONBUILD RUN a", "FROM a", "MAINTAINER a", "RUN a\nRUN b", "FOO", ""})
        BOOST_CHECK_THROW(parse_onbuild_trigger(refused), parse_error);
}

BOOST_AUTO_TEST_CASE(refuses_flags)
{
    BOOST_CHECK_EQUAL(error_of("COPY --chwon=a b c"), "unknown flag: --chwon (did you mean chown?)");
    BOOST_CHECK_EQUAL(error_of("COPY --chown=a --chown=b b c"), "duplicate flag specified: --chown");
    BOOST_CHECK_EQUAL(error_of("COPY --chown b c"), "missing a value on flag: --chown");
    BOOST_CHECK_EQUAL(error_of("COPY --link=x b c"), "expecting boolean value for flag --link, not: x");
    BOOST_CHECK_EQUAL(error_of("ENV --a=b c=d"), "unknown flag: --a");
    BOOST_CHECK_EQUAL(error_of("CMD --a"), "unknown flag: --a");
    BOOST_CHECK_EQUAL(error_of("RUN --network=x a"), "invalid network mode \"x\"");
    BOOST_CHECK_EQUAL(error_of("RUN --mount= a"), "failed to parse csv mounts: EOF");
    BOOST_CHECK_EQUAL(error_of("RUN --mount=a\\\"b a"),
                      "failed to parse csv mounts: parse error on line 1, column 2: bare \" in non-quoted-field");
}

BOOST_AUTO_TEST_CASE(suggests_instructions)
{
    BOOST_CHECK_EQUAL(error_of("RNU a"), "unknown instruction: RNU (did you mean RUN?)");
    BOOST_CHECK_EQUAL(error_of("copi a"), "unknown instruction: copi (did you mean copy?)");
    BOOST_CHECK_EQUAL(error_of("SOMETHING a"), "unknown instruction: SOMETHING");
}

BOOST_AUTO_TEST_CASE(refuses_wrong_shapes)
{
    BOOST_CHECK_EQUAL(error_of("HEALTHCHECK FOO a"), "Unknown type \"FOO\" in HEALTHCHECK (try CMD)");
    BOOST_CHECK_EQUAL(error_of("HEALTHCHECK --start-period=1us CMD a"),
                      "Interval \"start-period\" cannot be less than 1ms");
    BOOST_CHECK_EQUAL(error_of("HEALTHCHECK --retries=99999999999 CMD a"),
                      "strconv.ParseInt: parsing \"99999999999\": value out of range");
    BOOST_CHECK_EQUAL(error_of("ONBUILD FROM a"), "FROM isn't allowed as an ONBUILD trigger");
    BOOST_CHECK_EQUAL(error_of("ADD a <<B\nB\n"), "ADD cannot accept a heredoc as a destination");
    BOOST_CHECK(refusal_of("ADD a").code() == acrx::errc::invalid_instruction);
}

BOOST_AUTO_TEST_CASE(points_at_the_offending_word)
{
    BOOST_CHECK(refusal_of("  COPY --link --x a b").where() == (source_span{1, 1, 15}));
    BOOST_CHECK(refusal_of("\nFROM a as \\\n 1x").where() == (source_span{2, 3, 1}));
    BOOST_CHECK(refusal_of("FROM a as 1x").where() == (source_span{1, 1, 11}));
    BOOST_CHECK(refusal_of("COPY a").where() == (source_span{1, 1, 1}));
}

BOOST_AUTO_TEST_SUITE_END()
