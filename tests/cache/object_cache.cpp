#include <acrx/cache/object_cache.hpp>

#include <acrx/core/error.hpp>
#include <acrx/http/object_store.hpp>
#include <support/run.hpp>
#include <support/scratch_folder.hpp>
#include <support/scripted_server.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <mutex>
#include <string>

using namespace acrx;
using acrx::testing::run;
static_assert(object_client<http_object_store>);
static_assert(layer_cache<basic_object_cache<http_object_store>>);

BOOST_AUTO_TEST_SUITE(cache_object_cache)

/// A bucket behind HTTP, and two machines.
struct bucket
{
    std::map<std::string, std::string> objects;
    unsigned failure = 0;
    std::string authorization;
    acrx::testing::scripted_server server{[this](acrx::testing::seen_request const& seen) {
        authorization = seen.header("authorization");
        if (failure != 0)
            return acrx::testing::reply{.status = failure};
        if (seen.method == "PUT") {
            objects[seen.target] = seen.body;
            return acrx::testing::reply{.status = 200};
        }
        auto const found = objects.find(seen.target);
        return found == objects.end() ? acrx::testing::reply{.status = 404} : acrx::testing::reply{.status = 200, .body = found->second};
    }};
    acrx::testing::scratch_folder folder;
    oci_layout first{folder / "first"};
    oci_layout second{folder / "second"};

    basic_object_cache<http_object_store> cache(oci_layout& store) const
    {
        http_headers headers;
        headers.set("Authorization", "Bearer token");
        http_object_store client("http://" + server.host() + "/bucket", http_client(), headers);
        return basic_object_cache<http_object_store>(std::move(client), store);
    }
    cached_step make()
    {
        cached_step step;
        step.layer.blob = first.write_blob(std::string(1000, 'x'), "layer");
        step.layer.diff_id = digest_of("plain");
        step.created = parse_rfc3339("2026-03-01T12:00:00Z");
        step.seconds = 2.5;
        return step;
    }
};
digest const key = digest_of("key");

BOOST_FIXTURE_TEST_CASE(brings_the_layer_to_another_machine, bucket)
{
    auto const step = make();
    run(cache(first).store(key, step));
    BOOST_TEST(objects.size() == 2U);
    BOOST_TEST(authorization == "Bearer token");
    auto const found = run(cache(second).find(key));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((*found == step));
    BOOST_TEST(second.contains(step.layer.blob.digest));
    BOOST_TEST(!run(cache(second).find(digest_of("other"))).has_value());
}

BOOST_FIXTURE_TEST_CASE(what_is_poisoned_cut_off_or_gone_is_a_miss, bucket)
{
    run(cache(first).store(key, make()));
    auto const whole = objects;
    for (auto const& [name, bytes] : whole)
        for (auto const& spoilt : {std::string(bytes.size(), 'y'), bytes.substr(0, bytes.size() / 2), std::string()}) {
            objects = whole;
            objects[name] = spoilt;
            BOOST_TEST(!run(cache(second).find(key)).has_value(), name);
            objects.erase(name);
            BOOST_TEST(!run(cache(second).find(key)).has_value(), name);
        }
    objects = whole;
    BOOST_TEST(run(cache(second).find(key)).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_store_that_refuses_is_an_error, bucket)
{
    for (auto const& [status, code] : {std::pair(401U, errc::unauthorized), {403U, errc::denied}, {503U, errc::unavailable},
                                       {418U, errc::protocol}}) {
        failure = status;
        auto const expected = code;
        auto const is = [&](error const& e) { return e.code() == expected; };
        BOOST_CHECK_EXCEPTION(run(cache(second).find(key)), error, is);
        BOOST_CHECK_EXCEPTION(run(cache(first).store(key, make())), error, is);
    }
}

BOOST_FIXTURE_TEST_CASE(a_step_without_its_layer_is_declined, bucket)
{
    run(cache(second).store(key, make()));
    BOOST_TEST(objects.empty());
}

BOOST_AUTO_TEST_SUITE_END()
