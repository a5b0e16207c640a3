// Bodies of runner_cli/runner_command_line.hpp.
#ifndef ACRX_RUNNER_CLI_IMPL_RUNNER_COMMAND_LINE_IPP
#define ACRX_RUNNER_CLI_IMPL_RUNNER_COMMAND_LINE_IPP
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/option_words.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/runner_cli/detail/task_command_options.hpp>
#include <acrx/runner_cli/runner_command_line.hpp>
#include <acrx/version.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace acrx::cli {
namespace detail {
/// `PORT`, `ADDRESS:PORT` or `[ADDRESS]:PORT`.
inline void read_listen(std::string const& text, serve_options& o)
{
    auto const colon = text.rfind(':');
    auto const port = colon == text.npos ? text : text.substr(colon + 1);
    unsigned number = 0;
    auto const read = std::from_chars(port.data(), port.data() + port.size(), number);
    if (port.empty() || read.ptr != port.data() + port.size() || read.ec != std::errc() || number > 65535)
        throw usage_error("--listen: '" + text + "' is not [ADDRESS:]PORT");
    o.port = static_cast<std::uint16_t>(number);
    if (colon == text.npos)
        return;
    o.address = text.substr(0, colon);
    if (o.address.starts_with('[') && o.address.ends_with(']'))
        o.address = o.address.substr(1, o.address.size() - 2);
    if (o.address == "localhost")
        o.address = "127.0.0.1";
}

inline void add_door_options(CLI::App& app, serve_options& o)
{
    add_read(app, "--listen", "Where to listen; else 127.0.0.1:8737. Port 0 takes a free one",
             [&o](std::string const& v) { read_listen(v, o); })
        ->type_name("[ADDRESS:]PORT");
    app.add_option("--tls-cert", o.certificate, "Certificate with its chain (PEM)")->type_name("FILE");
    app.add_option("--tls-key", o.private_key, "Key of the certificate (PEM)")->type_name("FILE");
    app.add_option("--token-file", o.token_file, "Tokens that callers show: TOKEN|sha256:HEX reader|runner|owner [NAME] a line")
        ->type_name("FILE");
    app.add_option("--oidc-issuer", o.oidc_issuer, "Also let in whom this OpenID Connect issuer vouches for")->type_name("URL");
    app.add_option("--oidc-audience", o.oidc_audience, "Audience that its tokens must name")->type_name("NAME");
    app.add_option("--oidc-role-claim", o.oidc_role_claim, "Claim with reader, runner or owner; else roles")->type_name("NAME");
    app.add_option("--public-url", o.public_url, "How clients and git hosts reach the server: for links, and for webhooks, which are registered then")->type_name("URL");
    app.add_option("--registry-name", o.registry_name, "Name of the registry in the API; else any")->type_name("NAME");
    app.add_option("--webhook-secret-file", o.webhook_secret_file, "Secret of git hosts whose trigger has none of its own")
        ->type_name("FILE");
    app.add_option("--registry-secret-file", o.registry_secret_file, "The Authorization that registries send to /hooks/registry")
        ->type_name("FILE");
    app.add_option("--finished-hook", o.finished_hook, "URL that is told of each run that ends")->type_name("URL");
    app.add_option("--finished-hook-secret-file", o.finished_hook_secret_file, "Secret that what it is told is signed with")
        ->type_name("FILE");
    app.add_option("--secret-key-file", o.secret_key_file,
                   "Key that stored secrets are sealed with; else $ACRX_SECRET_KEY, else one in the state folder")
        ->type_name("FILE");
}

inline void add_run_options(CLI::App& app, serve_options& o)
{
    auto& connection = o.runs.connection;
    app.add_option("--database", o.database,
                   "PostgreSQL database of tasks and runs, postgresql://USER@HOST/NAME, which several runners may share; else "
                   "$ACRX_DATABASE, else a file in the state folder")
        ->type_name("URL");
    app.add_option("-r,--registry", connection.registry, "Home registry: where images are pushed to")->type_name("HOST");
    app.add_option("--concurrency", o.concurrency, "Runs at once that are of no agent pool; else 2")
        ->type_name("N")->check(CLI::Range(1, 1000));
    app.add_flag("--share-machine-secrets", o.shares_machine_secrets,
                 "Let tasks read env:NAME and file:PATH of this machine as secrets: then whoever may run one can");
    add_read(app, "--log-retention", "How long logs are kept after a run; else 30d, 0 for ever",
             [&o](std::string const& v) { o.log_retention = std::chrono::duration_cast<std::chrono::hours>(parse_duration(v)); })
        ->type_name("DURATION");
    add_read(app, "--context-budget", "Space for the pieces of contexts that clients have sent; else 10GiB",
             [&o](std::string const& v) { o.context_budget = parse_size(v); })
        ->type_name("SIZE");
    add_read(app, "--drain", "How long runs may go on when the server is to stop; else 30s",
             [&o](std::string const& v) { o.drain = parse_duration(v); })
        ->type_name("DURATION");
    app.add_option("--page-size", o.page_size, "Runs in one answer; else 100")->type_name("N")->check(CLI::Range(1, 1000));
    add_read(app, "--log-format", "Of the server's own log: text or json",
             [&o](std::string const& v) { o.logs_json = choose<bool>("--log-format", v, {{"text", false}, {"json", true}}); })
        ->type_name("text|json");
    add_read(app, "--insecure-registry", "Registry without TLS or a valid certificate; repeatable",
             [&connection](std::string const& v) {
                 check_host("--insecure-registry", v);
                 connection.insecure_registries.push_back(v);
             })
        ->type_name("HOST");
    add_read(app, "--registry-mirror", "Pull images of a registry from another host first; repeatable",
             [&connection](std::string const& v) { connection.mirrors.push_back(parse_mirror(v)); })
        ->type_name("REGISTRY=HOST");
    add_authorities(app, connection.ca_file);
    app.add_option("--home", connection.home, "Folder of images, cache, tasks and runs; else $ACRX_HOME")->type_name("DIR");
}

/// All commands of acrx-runner and the values they fill.
class runner_command_parser
{
public:
    runner_command_parser()
        : app_("Stores tasks, runs them when their triggers fire, and serves the API of ACR Tasks.", "acrx-runner")
    {
        app_.require_subcommand(0, 1);
        app_.set_version_flag("--version", "acrx-runner " + std::string(version));
        app_.failure_message([](CLI::App const*, CLI::Error const& e) { return std::string(e.what()); });
        serve_command_ = app_.add_subcommand("serve", "Serve the API, watch the triggers, carry out the runs");
        add_door_options(*serve_command_, serve_);
        add_run_options(*serve_command_, serve_);
        add_task_commands(app_, task_);
    }

    runner_command parse(std::vector<std::string> args)
    {
        if (args.empty())
            return shown_text{app_.help()};
        std::reverse(args.begin(), args.end());
        try {
            app_.parse(std::move(args));
        } catch (CLI::CallForHelp const&) {
            return shown_text{chosen().help()};
        } catch (CLI::CallForAllHelp const&) {
            return shown_text{chosen().help()};
        } catch (CLI::CallForVersion const& e) {
            return shown_text{std::string(e.what()) + "\n"};
        } catch (CLI::ParseError const& e) {
            throw usage_error(say(e), "See 'acrx-runner " + words_of(chosen()) + "--help'.");
        }
        if (serve_command_->parsed())
            return serve_;
        task_.verb = words_of(chosen());
        if (task_.verb.empty() || has_commands(chosen()))
            return shown_text{chosen().help()};
        task_.verb.pop_back();
        return task_;
    }

private:
    /// The innermost command that was named.
    CLI::App const& chosen() const
    {
        CLI::App const* app = &app_;
        while (!app->get_subcommands().empty())
            app = app->get_subcommands().front();
        return *app;
    }

    /// Its words, each with a space behind it.
    static std::string words_of(CLI::App const& app)
    {
        return app.get_parent() ? words_of(*app.get_parent()) + app.get_name() + " " : std::string();
    }

    /// The error in the words of our own messages: a word that is not known comes before one that is missing.
    std::string say(CLI::ParseError const& e) const
    {
        auto const extras = app_.remaining(true);
        for (auto const& extra : extras)
            if (extra.size() > 1 && extra.starts_with('-'))
                return "unknown option '" + extra + "'";
        if (!extras.empty())
            return (has_commands(chosen()) ? "unknown command '" : "unexpected argument '") + extras.front() + "'";
        return e.what();
    }

    static bool has_commands(CLI::App const& app)
    {
        return !app.get_subcommands([](CLI::App const*) { return true; }).empty();
    }

    CLI::App app_;
    CLI::App* serve_command_ = nullptr;
    serve_options serve_;
    task_arguments task_;
};
}  // namespace detail

ACRX_DECL runner_command parse_runner_command_line(std::vector<std::string> args)
{
    return detail::runner_command_parser().parse(std::move(args));
}
}  // namespace acrx::cli
#endif
