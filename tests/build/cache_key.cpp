#include <acrx/build/cache_key.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_cache_key)

run_operation sample_run()
{
    run_operation run;
    run.args = {"/bin/sh", "-c", "make"};
    run.env = {"A=1"};
    run.working_dir = "/";
    return run;
}

std::vector<placed_source> sample_sources()
{
    placed_source source;
    source.files.name = "f";
    source.files.top.item.entry.path = "f";
    source.files.top.item.entry.mode = 0644;
    source.files.top.item.entry.content = sha256().update("x").finish_bytes();
    return {source};
}

digest const base = digest_of("base");

BOOST_AUTO_TEST_CASE(changes_with_everything_that_decides_a_run)
{
    build_request const request;
    auto const key = cache_key(sample_run(), base, request);
    BOOST_TEST(cache_key(sample_run(), base, request).str() == key.str());
    auto const differs = [&](auto change) {
        auto run = sample_run();
        change(run);
        BOOST_TEST(cache_key(run, base, request).str() != key.str());
    };
    differs([](auto& r) { r.args = {"/bin/sh", "-c ", "make"}; });
    differs([](auto& r) { r.args = {"/bin/sh", "-cmake"}; });
    differs([](auto& r) { r.env.push_back("B=2"); });
    differs([](auto& r) { r.working_dir = "/w"; });
    differs([](auto& r) { r.user = "app"; });
    differs([](auto& r) { r.network = network_mode::none; });
    differs([](auto& r) { r.scripts.push_back({"a", "b"}); });
    BOOST_TEST(cache_key(sample_run(), digest_of("other"), request).str() != key.str());
    differs([](auto& r) { r.platform.architecture = "arm64"; });
}

BOOST_AUTO_TEST_CASE(the_platform_that_is_built_for_is_no_part_of_a_key)
{
    build_request const request;
    auto arm = request;
    arm.platform.architecture = "arm64";
    BOOST_TEST(cache_key(sample_run(), base, arm).str() == cache_key(sample_run(), base, request).str());
    BOOST_TEST(cache_key(folder_operation{"/a", ""}, base, arm).str()
               == cache_key(folder_operation{"/a", ""}, base, request).str());
}

BOOST_AUTO_TEST_CASE(the_form_of_the_layer_is_part_of_a_key)
{
    auto const form = digest_of("a layer for Windows");
    BOOST_TEST(cache_key(folder_operation{"/a", ""}, base, {}, form).str() != cache_key(folder_operation{"/a", ""}, base, {}).str());
    copy_operation copy;
    copy.link = true;
    auto const sources = sample_sources();
    BOOST_TEST(cache_key(copy, sources, base, {}, form).str() != cache_key(copy, sources, base, {}).str());
    BOOST_TEST(cache_key(copy, sources, base, {}, form).str() != cache_key(copy, sources, base, {}, base).str());
}

BOOST_AUTO_TEST_CASE(mounts_count_by_definition_and_content)
{
    auto const keyed = [](run_mount mount, std::string const& content = "x", build_request const& request = {}) {
        auto run = sample_run();
        run.mounts = {std::move(mount)};
        std::vector<digest> const mounted{digest_of(content)};
        return cache_key(run, base, request, mounted).str();
    };
    auto const bind = keyed({"/m", bound_files{from_context{}, "/d", true}});
    BOOST_TEST(keyed({"/m", bound_files{from_context{}, "/d", true}}) == bind);
    BOOST_TEST(keyed({"/m", bound_files{from_context{}, "/d", true}}, "y") != bind);
    BOOST_TEST(keyed({"/n", bound_files{from_context{}, "/d", true}}) != bind);
    BOOST_TEST(keyed({"/m", bound_files{from_context{}, "/e", true}}) != bind);
    BOOST_TEST(keyed({"/m", bound_files{from_context{}, "/d", false}}) != bind);
    BOOST_TEST(keyed({"/m", memory_folder{1}}) != keyed({"/m", memory_folder{2}}));
    BOOST_TEST(keyed({"/m", secret_value{"a", {}}}) != keyed({"/m", secret_value{"b", {}}}));
    BOOST_TEST(keyed({"/m", agent_socket{"a"}}) != keyed({"/m", agent_socket{"b"}}));
    cache_folder cache;
    cache.id = "one";
    auto other = cache;
    other.id = "two";
    other.sharing = cache_sharing::locked;
    BOOST_TEST(keyed({"/m", cache}) == keyed({"/m", other}));
    build_request secret;
    secret.secrets["a"] = "value";
    BOOST_TEST(keyed({"/m", secret_value{"a", {}}}, "x", secret) == keyed({"/m", secret_value{"a", {}}}));
}

BOOST_AUTO_TEST_CASE(run_options_count_but_not_the_addresses_of_hosts)
{
    build_request plain;
    auto const key = [](build_request const& request) { return cache_key(sample_run(), base, request).str(); };
    auto one = plain;
    one.extra_hosts = {{"db", "10.0.0.1"}};
    auto two = plain;
    two.extra_hosts = {{"db", "10.0.0.2"}};
    BOOST_TEST(key(one) != key(plain));
    BOOST_TEST(key(one) == key(two));
    auto limited = plain;
    limited.limits = {{"nofile", 1, 1}};
    BOOST_TEST(key(limited) != key(plain));
    auto small = plain;
    small.shm_size = 1;
    BOOST_TEST(key(small) != key(plain));
    auto grouped = plain;
    grouped.cgroup_parent = "p";
    BOOST_TEST(key(grouped) != key(plain));
}

BOOST_AUTO_TEST_CASE(does_not_change_with_proxies)
{
    auto run = sample_run();
    run.proxies = {"HTTP_PROXY=x"};
    BOOST_TEST(cache_key(run, base, {}).str() == cache_key(sample_run(), base, {}).str());
}

BOOST_AUTO_TEST_CASE(looks_at_contents_and_modes_but_not_at_times)
{
    copy_operation copy;
    copy.destination = "/f";
    auto const key = [&](auto change) {
        auto sources = sample_sources();
        change(sources[0].files.top.item.entry);
        return cache_key(copy, sources, base, {}).str();
    };
    auto const same = key([](auto&) {});
    BOOST_TEST(key([](auto& e) { e.mtime += std::chrono::hours(1); }) == same);
    BOOST_TEST(key([](auto& e) { e.mode = 0755; }) != same);
    BOOST_TEST(key([](auto& e) { e.uid = 5; }) != same);
    BOOST_TEST(key([](auto& e) { e.content = sha256().update("y").finish_bytes(); }) != same);
    BOOST_TEST(key([](auto& e) { e.xattrs = {{"user.a", "b"}}; }) != same);
}

BOOST_AUTO_TEST_CASE(takes_the_name_of_a_folder_for_nothing_and_what_is_in_it_for_everything)
{
    copy_operation copy;
    copy.destination = "/d";
    auto const key = [&](unsigned top_mode, std::string inside) {
        placed_source source;
        source.files.name = "d";
        source.files.top.item.entry.type = entry_type::directory;
        source.files.top.item.entry.mode = top_mode;
        auto& file = source.files.below.emplace_back().item.entry;
        file.path = std::move(inside);
        file.content = sha256().finish_bytes();
        std::vector<placed_source> const sources{source};
        return cache_key(copy, sources, base, {}).str();
    };
    BOOST_TEST(key(0700, "a") == key(0755, "a"));
    BOOST_TEST(key(0700, "a") != key(0700, "b"));
}

BOOST_AUTO_TEST_CASE(lets_linked_layers_stand_on_their_own)
{
    copy_operation copy;
    copy.destination = "/f";
    copy.link = true;
    auto const sources = sample_sources();
    BOOST_TEST(cache_key(copy, sources, base, {}).str() == cache_key(copy, sources, digest_of("other"), {}).str());
    copy.link = false;
    BOOST_TEST(cache_key(copy, sources, base, {}).str() != cache_key(copy, sources, digest_of("other"), {}).str());
}

BOOST_AUTO_TEST_CASE(refuses_a_file_whose_content_nobody_has_hashed)
{
    auto sources = sample_sources();
    sources[0].files.top.item.entry.content.reset();
    BOOST_CHECK_THROW(content_digest(sources), error);
}

BOOST_AUTO_TEST_CASE(tells_which_names_share_a_file)
{
    copy_operation copy;
    copy.destination = "/d";
    auto const key = [&](std::string one, std::string two) {
        placed_source source;
        source.files.top.item.entry.type = entry_type::directory;
        for (auto* group : {&one, &two}) {
            auto& file = source.files.below.emplace_back();
            file.item.entry.path = std::string("f") + std::to_string(source.files.below.size());
            file.item.entry.content = sha256().finish_bytes();
            file.link_group = *group;
        }
        std::vector<placed_source> const sources{source};
        return cache_key(copy, sources, base, {}).str();
    };
    BOOST_TEST(key("1:2", "1:2") == key("3:4", "3:4"));
    BOOST_TEST(key("1:2", "1:2") != key("", ""));
}

BOOST_AUTO_TEST_SUITE_END()
