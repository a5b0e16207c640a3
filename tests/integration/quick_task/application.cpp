// Real applications: Debian packages and npm, built, pushed to a registry, checked by foreign tools, and run.
#include "debian_base.hpp"

#include <boost/test/unit_test.hpp>

using namespace acrx::testing;

BOOST_AUTO_TEST_SUITE(integration_application, *boost::unit_test::label("debian"))

/// Starts the image with runc and gives what it prints.
std::string answer_of(build_fixture const& build, std::string const& name)
{
    auto const layout = (build.scratch / "layout").string();
    auto const bundle = (build.scratch / "run").string();
    must("skopeo copy --quiet --src-tls-verify=false docker://" + name + " oci:" + layout + ":it");
    must("umoci unpack --image " + layout + ":it " + bundle);
    return must("cd " + bundle + " && sed -i 's/\"terminal\": true/\"terminal\": false/' config.json && runc run acrx-test-$$");
}

BOOST_FIXTURE_TEST_CASE(installs_packages_and_runs_the_pushed_image, build_fixture)
{
    auto const name = debian_base::get().server.host() + "/app:1";
    context.write("hello.c", "#include <stdio.h>\nint main(void) { puts(\"hello from c\"); }\n");
    context.write("Dockerfile", "FROM " + debian_base::get().name() + " AS build\n"
                                "RUN apt-get update && apt-get install -y --no-install-recommends tcc libc6-dev\n"
                                "WORKDIR /src\nCOPY hello.c .\nRUN tcc -o /hello hello.c\n"
                                "FROM " + debian_base::get().name() + "\nCOPY --from=build /hello /usr/local/bin/\n"
                                "USER nobody\nENTRYPOINT [\"hello\"]\n");
    must(quick("build -t " + name + " " + context.path().string()));
    BOOST_TEST(must("skopeo inspect --tls-verify=false docker://" + name).find("\"Digest\"") != std::string::npos);
    BOOST_TEST(answer_of(*this, name).find("hello from c") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(installs_what_npm_locks, build_fixture)
{
    auto const name = debian_base::get().server.host() + "/node-app:1";
    context.write("package.json", "{\"name\":\"app\",\"version\":\"1.0.0\",\"dependencies\":{\"is-number\":\"7.0.0\"}}\n");
    context.write("package-lock.json",
                  "{\"name\":\"app\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"requires\":true,\"packages\":{\"\":{\"name\":\"app\","
                  "\"version\":\"1.0.0\",\"dependencies\":{\"is-number\":\"7.0.0\"}},\"node_modules/is-number\":{\"version\":\"7.0.0\"}}}\n");
    context.write("index.js", "console.log('is it a number?', require('is-number')('42'));\n");
    // The registry that this machine is set up for, if it is set up for one.
    auto const registry = have("npm") ? must("npm config get registry 2>/dev/null") : std::string("\n");
    auto const setting = registry == "\n" ? std::string()
                                          : " --build-arg NPM_CONFIG_REGISTRY=" + registry.substr(0, registry.find('\n'));
    must("cp /etc/ssl/certs/ca-certificates.crt " + (context / "ca.crt").string());
    context.write("Dockerfile", "FROM " + debian_base::get().name() + "\n"
                                "RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm\n"
                                "WORKDIR /app\nARG NPM_CONFIG_REGISTRY\nCOPY ca.crt /ca.crt\nENV NODE_EXTRA_CA_CERTS=/ca.crt\n"
                                "COPY package*.json ./\nRUN npm ci --omit=dev\nCOPY index.js .\n"
                                "CMD [\"node\", \"index.js\"]\n");
    must(quick("build -t " + name + setting + " " + context.path().string()));
    BOOST_TEST(answer_of(*this, name).find("is it a number? true") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
