#include <acrx/task/build_order.hpp>  // first: proves that the header stands alone

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(task_build_order)
namespace {
build_order order_of(std::string const& text, std::vector<std::string> env = {})
{
    task_step step{.id = "it", .kind = step_kind::build};
    step.env = std::move(env);
    return make_build_order(step, parse_build_command(text), {}, [](std::string const& path) {
        return std::filesystem::path("/here") / path;
    });
}
}  // namespace

BOOST_AUTO_TEST_CASE(reads_the_options_of_docker_build)
{
    auto const order = order_of("-t app:1 -t host:5000/b -f sub/F --build-arg A=1 --build-arg B --target t --label l=v "
                                "--platform linux/arm64 --no-cache --network none --add-host h:1.2.3.4 --ulimit nofile=5:6 "
                                "--shm-size 1m sub",
                                {"B='from step'"});
    BOOST_TEST(order.names.size() == 2U);
    BOOST_TEST(to_string(order.names[1]) == "host:5000/b:latest");
    BOOST_TEST(order.dockerfile == "sub/F");
    BOOST_TEST(order.context == "sub");
    BOOST_TEST(order.request.build_args.at("A") == "1");
    BOOST_TEST(order.request.build_args.at("B") == "from step");
    BOOST_TEST(order.request.target == "t");
    BOOST_TEST(order.request.labels.at("l") == "v");
    BOOST_TEST(order.request.platform.architecture == "arm64");
    BOOST_TEST(order.request.no_cache);
    BOOST_TEST((order.request.network == network_mode::none));
    BOOST_TEST(order.request.extra_hosts.front().second == "1.2.3.4");
    BOOST_TEST(order.request.limits.front().hard == 6U);
    BOOST_TEST(order.request.shm_size == 1U << 20U);
    BOOST_TEST(!order.push);
}
BOOST_AUTO_TEST_CASE(makes_an_image_for_each_platform)
{
    auto const order = order_of("--platform linux/amd64,linux/arm64 --platform linux/amd64 .");
    BOOST_TEST(order.platforms.size() == 2U);
    BOOST_TEST(order.request.platform.architecture == "amd64");
    BOOST_TEST(order_of("--platform linux/arm64 .").platforms.empty());
}
BOOST_AUTO_TEST_CASE(reads_what_steps_may_do)
{
    auto const order = order_of("--security-opt seccomp=unconfined --security-opt no-new-privileges --squash .");
    BOOST_TEST(!order.request.rights.filtered);
    BOOST_TEST(order.request.rights.no_new_privileges);
    BOOST_TEST(order.request.squash);
}
BOOST_AUTO_TEST_CASE(says_what_a_task_cannot_have)
{
    for (auto const* text : {"-o - .", "-o type=oci .", "--build-context a .", "--annotation x .", "--cache-to type=gha .", "-t UPPER .", "--security-opt seccomp=mine.json .",
                             "--platform linux/amd64,linux/arm64 -o type=docker,dest=a.tar .", "--platform a/b/c/d .",
                             "--ulimit x=1 .", "--add-host nonsense ."})
        BOOST_CHECK_THROW(order_of(text), error);
}
BOOST_AUTO_TEST_CASE(finds_files_where_the_step_has_them)
{
    auto const order = order_of("-o out --output type=oci,dest=a.tar --iidfile id --metadata-file meta.json "
                                "--build-context site=web --build-context base=docker-image://busybox "
                                "--build-context kept=oci-layout://store:1 --cache-from type=local,src=old "
                                "--cache-to type=local,dest=new --cache-to host:5000/a:cache .");
    BOOST_TEST(order.outputs.at(0).dest == "/here/out");
    BOOST_TEST(order.outputs.at(1).dest == "/here/a.tar");
    BOOST_TEST(order.id_file == "/here/id");
    BOOST_TEST(order.metadata_file == "/here/meta.json");
    BOOST_TEST(order.request.contexts.at("site") == "/here/web");
    BOOST_TEST(order.request.contexts.at("base") == "docker-image://busybox");
    BOOST_TEST(order.request.contexts.at("kept") == "oci-layout:///here/store:1");
    BOOST_TEST(order.request.cache_from.at(0).folder == "/here/old");
    BOOST_TEST(order.request.cache_to.at(0).folder == "/here/new");
    BOOST_TEST(order.request.cache_to.at(1).folder == "");
}
BOOST_AUTO_TEST_CASE(reads_what_the_image_is_to_carry)
{
    auto const order = order_of("--annotation a=b --sbom=true --provenance=mode=min -o type=image,push=true,name=host:5000/x .");
    BOOST_TEST(order.request.form.annotations.manifest.at("a") == "b");
    BOOST_TEST(order.request.attestations.sbom);
    BOOST_TEST((order.request.attestations.provenance == provenance_mode::min));
    BOOST_TEST(order.push);
    BOOST_TEST(to_string(order.names.front()) == "host:5000/x:latest");
}
BOOST_AUTO_TEST_SUITE_END()
