// Dockerfiles as people wrote them: those of the parser's corpus whose bases and packages can be had here.
#include "debian_base.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <support/test_data.hpp>

#include <ostream>
#include <string>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_real_dockerfiles, *boost::unit_test::label("debian"))

/// A file of the corpus, the base that it names, and what stands for that.
struct real_dockerfile
{
    std::string file;
    std::string base;
    bool is_debian = false;
    friend std::ostream& operator<<(std::ostream& out, real_dockerfile const& one) { return out << one.file; }
};

std::string const debian_10 = "debian:10.13";
real_dockerfile const real_dockerfiles[] = {
    {"arg_multi_with_quotes", "busybox:latest"},
    {"complex_substitution", "docker.io/library/busybox:latest@sha256:afe605d272837ce1732f390966166c2afff5391208ddd57de10942748694049d"},
    {"copy_symlink", "busybox"},
    {"deleted_file_cached", "alpine"},
    {"ignore", ""},
    {"replaced_symlinks", "alpine@sha256:ab00606a42621fb68f2ed6ad3c88be54397f981a7b70a79db3d1172b11c4367d"},
    {"copy_chown_nonexisting_user", debian_10, true},
    {"extract_fs", debian_10, true},
    {"issue_2066", "ubuntu:focal", true},
    {"metadata", "debian:10.2", true},
    {"volume", debian_10, true},
    {"whitelist", "debian@sha256:38236c068c393272ad02db100e09cac36a5465149e2924a035ee60d6c60c38fe", true},
};

BOOST_DATA_TEST_CASE_F(build_fixture, builds, boost::unit_test::data::make(real_dockerfiles))
{
    auto const file = data_path("dockerfile/data/real/GoogleContainerTools+kaniko/integration__dockerfiles__Dockerfile_test_" + sample.file);
    auto const stand_in = sample.is_debian ? debian_base::get().name() : "busybox:base";
    context.write("foo", "a file of the context\n");
    auto const base = sample.base.empty() ? std::string() : " --build-context " + sample.base + "=docker-image://" + stand_in;
    auto const result = build_as_it_is("-f '" + file.string() + "'" + base);
    BOOST_TEST(result.status == 0, result.output);
}

BOOST_AUTO_TEST_SUITE_END()
