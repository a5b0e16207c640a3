// The options that are about the layer cache, of which what is wrong is an error of usage.
#ifndef ACRX_CLI_DETAIL_CACHE_OPTIONS_HPP
#define ACRX_CLI_DETAIL_CACHE_OPTIONS_HPP

#include <acrx/build/parse_shared_cache.hpp>
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/detail/build_words.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/option_words.hpp>
#include <acrx/cli/quantities.hpp>

#include <algorithm>
#include <string>

namespace acrx::cli::detail {
inline void add_cache_source(std::string const& given, build_options& options)
try {
    options.cache_from.push_back(parse_cache_source(given));
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}

inline void add_cache_target(std::string const& given, build_options& options)
try {
    options.cache_to.push_back(parse_cache_target(given));
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}

inline void set_cache_policy(std::string const& given, build_options& options)
try {
    options.cache_policy = parse_replacement_policy(given);
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}

inline void set_cache_key(std::string const& given, build_options& options)
try {
    options.cache_key = named_key(given);
} catch (error const& e) {
    throw usage_error(e.text(), e.advice());
}

inline void add_cache_options(CLI::App& app, build_options& o)
{
    app.add_flag("--no-cache", o.no_cache, "Run every step again");
    add_read(app, "--no-cache-filter", "Run the steps of these stages again; repeatable",
             [&o](std::string const& v) { add_stages(v, o.no_cache_stages); })
        ->type_name("STAGE[,STAGE]");
    add_read(app, "--cache-from", "Find steps in a shared layer cache: type=registry,ref=REF, type=local,src=DIR, or REF; repeatable",
             [&o](std::string const& v) { add_cache_source(v, o); })
        ->type_name("SPEC");
    add_read(app, "--cache-to",
             "Save the steps there: type=registry,ref=REF or type=local,dest=DIR; ,mode=max is all of them; type=inline is the image itself; repeatable",
             [&o](std::string const& v) { add_cache_target(v, o); })
        ->type_name("SPEC");
    add_read(app, "--cache-policy",
             "What the local cache takes in and gives up: fifo, lru, lfu, sieve, s3-fifo, gdsf or ttl=DURATION, then "
             ",tinylfu ,min-seconds=N ,max-size=SIZE; else gdsf",
             [&o](std::string const& v) { set_cache_policy(v, o); })
        ->type_name("POLICY");
    add_read(app, "--cache-budget", "Bytes of layers that the local cache may hold, e.g. 20GB; else any number",
             [&o](std::string const& v) { o.cache_budget = parse_size(v); })
        ->type_name("SIZE");
    add_read(app, "--cache-key", "What its steps are known by: content, chain, time or context; else content",
             [&o](std::string const& v) { set_cache_key(v, o); })
        ->type_name("KEY");
    app.add_option("--trace", o.trace, "Append a line for each step, for acrx-cachebench")->type_name("FILE");
}

inline void add_prune_filter(std::string const& given, prune_options& options)
{
    auto const equals = std::min(given.find('='), given.size());
    auto const value = given.substr(std::min(equals + 1, given.size()));
    if (given.substr(0, equals) == "until") {
        options.older_than = parse_duration(value);
        return;
    }
    bool const is_kind = std::find(storage_kinds.begin(), storage_kinds.end(), value) != storage_kinds.end();
    if (given.substr(0, equals) != "type" || !is_kind)
        throw usage_error("--filter '" + given + "' is not understood",
                          "Write until=DURATION, or type= image, layer, unpacked, index, mount or download.");
    options.only.insert(value);
}
}  // namespace acrx::cli::detail
#endif
