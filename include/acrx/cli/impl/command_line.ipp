// Bodies of cli/command_line.hpp.
#ifndef ACRX_CLI_IMPL_COMMAND_LINE_IPP
#define ACRX_CLI_IMPL_COMMAND_LINE_IPP
#include <acrx/cli/add_option.hpp>
#include <acrx/cli/command_line.hpp>
#include <acrx/cli/detail/build_words.hpp>
#include <acrx/cli/detail/cache_options.hpp>
#include <acrx/cli/detail/git_token_option.hpp>
#include <acrx/cli/detail/help_text.hpp>
#include <acrx/cli/detail/image_options.hpp>
#include <acrx/cli/detail/run_options.hpp>
#include <acrx/cli/detail/runner_options.hpp>
#include <acrx/cli/detail/step_options.hpp>
#include <acrx/cli/detail/task_command_line.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/option_words.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/runner_address.hpp>
#include <acrx/version.hpp>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace acrx::cli {
namespace detail {
inline void add_format(CLI::App& app, output_format& format)
{
    app.add_option_function<std::string>(
           "-o", [&format](std::string const& word) {
               format = choose<output_format>("-o", word, {{"json", output_format::json}, {"table", output_format::table}});
           }, "How the result is shown: json or table")
        ->type_name("json|table");
}

inline void add_home(CLI::App& app, std::filesystem::path& home)
{
    app.add_option("--home", home, "Folder of images, cache and logs; else $ACRX_HOME")->type_name("DIR");
}

inline void add_build_options(CLI::App& app, build_options& o)
{
    app.add_option("-f,--file", o.file,
                   "Dockerfile: from the current directory, or from the root of a fetched CONTEXT; - is standard input; "
                   "else CONTEXT/Dockerfile")
        ->type_name("FILE");
    add_list(app, "--build-arg", o.build_args, "Value of an ARG; a bare name takes it from the environment; repeatable")
        ->type_name("K[=V]");
    add_list(app, "--secret-build-arg", o.secret_build_args, "The same, shown in no log or record; repeatable")
        ->type_name("K[=V]");
    add_list(app, "--build-context", o.build_contexts,
             "Files or image for a FROM or --from of this name: folder, URL, docker-image://REF or "
             "oci-layout://DIR[:TAG]; repeatable")
        ->type_name("NAME=LOCATION");
    app.add_flag_callback("--check", [&o] { set_call(build_call::check, o); },
                          "Check the Dockerfile and build nothing; findings give exit code 1");
    add_read(app, "--call", "Build nothing: check the Dockerfile, or show the outline of its target, or its targets",
             [&o](std::string const& v) { read_call(v, o); })
        ->type_name("check|outline|targets");
    add_git_token(app, o);
    app.add_option("--target", o.target, "Stage to build")->type_name("STAGE");
    add_read(app, "--platform", "os/arch[/variant]; several make an image for each, and an index of them; else linux/amd64",
             [&o](std::string const& v) { o.platform += (o.platform.empty() ? "" : ",") + v; })
        ->type_name("PLATFORM[,PLATFORM]");
    add_cache_options(app, o);
    add_read(app, "--parallelism", "Steps that run at once; else 8, or the number of processors if that is more",
             [&o](std::string const& v) {
                 auto const most = 10'000;
                 o.parallelism = static_cast<std::size_t>(parse_level("--parallelism", v, 1, most));
             })
        ->type_name("N");
    app.add_flag("--pull", o.pull, "Accepted: base images are always looked up in their registries");
    add_read(app, "--network", "Of RUN steps: default, host or none",
             [&o](std::string const& v) {
                 o.network = choose<network_mode>("--network", v,
                                                  {{"default", network_mode::host}, {"host", network_mode::host}, {"none", network_mode::none}});
                 o.allow_host_network = o.allow_host_network || v == "host";
             })
        ->type_name("MODE");
    add_read(app, "--executor", "What runs RUN steps: sandbox or oci_runtime",
             [&o](std::string const& v) {
                 o.executor = choose<executor_kind>("--executor", v,
                                                    {{"sandbox", executor_kind::sandbox}, {"oci_runtime", executor_kind::oci_runtime}});
             })
        ->type_name("KIND");
    add_read(app, "--timeout", "Of the whole run; else 3600",
             [&o](std::string const& v) {
                 o.timeout = parse_duration(v);
                 if (o.timeout.count() == 0)
                     throw usage_error("--timeout must be more than 0");
             })
        ->type_name("SECONDS");
}

inline void add_connection_options(CLI::App& app, build_options& o)
{
    add_read(app, "--insecure-registry", "Registry without TLS or a valid certificate; repeatable",
             [&o](std::string const& v) {
                 check_host("--insecure-registry", v);
                 o.insecure_registries.push_back(v);
             })
        ->type_name("HOST");
    add_read(app, "--registry-mirror", "Pull images of a registry from another host first; repeatable",
             [&o](std::string const& v) { o.mirrors.push_back(parse_mirror(v)); })
        ->type_name("REGISTRY=HOST");
    app.add_flag("--base-indexes", o.base_indexes,
                 "Believe the layer indexes that the registry of a base offers (see 'acrx-quick index')");
    add_read(app, "--ca-file", "More certificate authorities to trust (PEM)",
             [&o](std::string const& v) {
                 check_authorities(v);
                 o.ca_file = v;
             })
        ->type_name("FILE");
}

inline void add_shown_options(CLI::App& app, build_options& o)
{
    add_format(app, o.format);
    app.add_flag("--no-logs", o.no_logs, "Show the result only");
    add_read(app, "--progress", "auto, plain, tty, quiet, or rawjson: an object a line on standard error",
             [&o](std::string const& v) {
                 using enum progress_style;
                 o.progress = choose<progress_style>("--progress", v,
                                                     {{"auto", automatic},
                                                      {"plain", plain},
                                                      {"tty", live},
                                                      {"quiet", quiet},
                                                      {"rawjson", raw_json}});
             })
        ->type_name("STYLE");
    add_home(app, o.home);
}

/// All commands of the program and the values they fill.
class command_parser
{
public:
    command_parser() : app_("Builds container images from source and pushes them: no engine, no daemon.", "acrx-quick")
    {
        app_.require_subcommand(0, 1);
        app_.set_version_flag("--version", "acrx-quick " + std::string(version));
        app_.footer(std::string(program_footer) + exit_status_help());
        define_build();
        define_tasks();
        define_store_commands();
        app_.failure_message([](CLI::App const*, CLI::Error const& e) { return std::string(e.what()); });
    }

    command parse(std::vector<std::string> args)
    {
        if (args.empty())
            return shown_text{app_.help()};
        args = with_empty_values(std::move(args));
        auto const asked = args;
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
            throw usage_error(say(e, asked), "See 'acrx-quick " + (&chosen() == &app_ ? "" : chosen().get_name() + " ")
                                                 + "--help'.");
        }
        if (list_command_->parsed())
            return list_;
        if (inspect_command_->parsed())
            return inspect_;
        if (prune_command_->parsed())
            return prune_;
        if (usage_command_->parsed())
            return usage_;
        if (index_command_->parsed())
            return index_;
        if (build_command_->parsed())
            return checked(*build_command_, build_);
        for (auto const& [app, options] : tasks_)
            if (app->parsed())
                return checked(*app, *options);
        return shown_text{app_.help()};
    }

private:
    template<class Options>
    static Options const& checked(CLI::App const& app, Options const& options)
    {
        if (is_for_runner(options))
            refuse_options_without_meaning(app);
        return options;
    }

    void define_build()
    {
        build_command_ = app_.add_subcommand("build", "Build an image and push it");
        add_image_options(*build_command_, build_);
        add_build_options(*build_command_, build_);
        add_step_options(*build_command_, build_);
        add_connection_options(*build_command_, build_);
        add_shown_options(*build_command_, build_);
        add_runner_options(*build_command_, build_.runner);
        build_command_->add_option("CONTEXT", build_.context, std::string(context_help))->required()->type_name("");
        build_command_->footer(std::string(build_footer) + exit_status_help());
    }

    void define_tasks()
    {
        run_.action = task_action::run;
        auto& run = define_task("run", "Run a task: builds, pushes and commands in containers", run_);
        run.add_option("--cmd", run_.command, "Run one container instead of a task file")->type_name("COMMAND");
        add_task_run_options(run, run_);
        add_runner_options(run, run_.connection.runner);
        run.add_option("CONTEXT", run_.context, "Folder, archive, or the address of one; /dev/null for none")
            ->required()->type_name("");
        run.footer(std::string(run_footer) + exit_status_help());

        exec_.default_file = "acr-task.yaml";
        auto& exec = define_task("exec", "Run the task acr-task.yaml of the current directory", exec_);
        add_task_run_options(exec, exec_);
        add_runner_options(exec, exec_.connection.runner);

        render_.action = task_action::render;
        auto& render = define_task("render", "Show a task file with all templates filled in", render_);
        render.add_option("CONTEXT", render_.context, "Folder, archive, or the address of one; else the current directory")
            ->type_name("");
    }

    CLI::App& define_task(std::string const& name, std::string const& help, task_options& options)
    {
        auto& app = *app_.add_subcommand(name, help);
        add_task_text_options(app, options);
        add_git_token(app, options.connection);
        add_connection_options(app, options.connection);
        add_format(app, options.connection.format);
        add_home(app, options.connection.home);
        tasks_.emplace_back(&app, &options);
        return app;
    }

    void define_store_commands()
    {
        list_command_ = app_.add_subcommand("ls", "List the images of the local store");
        add_format(*list_command_, list_.format);
        add_home(*list_command_, list_.home);
        list_command_->footer(std::string(list_footer));

        inspect_command_ = app_.add_subcommand("inspect", "Show manifest, config and layers of an image of the local store");
        inspect_command_->add_option("IMAGE", inspect_.image, "Name, digest, or the beginning of a digest")->required()->type_name("");
        add_format(*inspect_command_, inspect_.format);
        add_home(*inspect_command_, inspect_.home);
        inspect_command_->footer(std::string(inspect_footer));

        index_command_ = app_.add_subcommand("index", "Learn what the layers of a base image hold, and publish it");
        index_command_->add_option("IMAGE", index_.image, "Name of an image in a registry")->required()->type_name("");
        index_command_->add_flag("--push", index_.push, "Publish the index beside the image, for --base-indexes");
        index_command_->add_option("--platform", index_.connection.platform, "os/arch[/variant]; else linux/amd64")
            ->type_name("PLATFORM");
        add_connection_options(*index_command_, index_.connection);
        add_home(*index_command_, index_.connection.home);
        index_command_->footer(std::string(index_footer));

        prune_command_ = app_.add_subcommand("prune", "Remove from the local store what no named image needs");
        prune_command_->add_flag("--all", prune_.all, "Also the cache: the next build starts anew");
        add_read(*prune_command_, "--older-than", "Only what was written longer ago, e.g. 24h or 7d",
                 [this](std::string const& v) { prune_.older_than = parse_duration(v); })
            ->type_name("DURATION");
        add_read(*prune_command_, "--keep-storage", "Drop the cached layers that were used longest ago until this much is left, e.g. 10GB",
                 [this](std::string const& v) { prune_.keep_storage = parse_size(v); })
            ->type_name("SIZE");
        add_read(*prune_command_, "--filter", "Only this: until=DURATION, or type=image, layer, unpacked, index, mount, download or context; repeatable",
                 [this](std::string const& v) { add_prune_filter(v, prune_); })
            ->type_name("KEY=VALUE");
        add_format(*prune_command_, prune_.format);
        add_home(*prune_command_, prune_.home);
        prune_command_->footer(std::string(prune_footer));

        usage_command_ = app_.add_subcommand("du", "Show what takes up space in the local store, and what prune would give back");
        add_format(*usage_command_, usage_.format);
        add_home(*usage_command_, usage_.home);
        usage_command_->footer(std::string(usage_footer));
    }

    CLI::App const* find_command(std::string const& name) const
    {
        auto const found = app_.get_subcommands([&](CLI::App const* app) { return app->get_name() == name; });
        return found.empty() ? nullptr : found.front();
    }

    /// `--target=` is an empty value, not a value that comes next.
    std::vector<std::string> with_empty_values(std::vector<std::string> const& given) const
    {
        auto const* const app = find_command(given.front());
        std::vector<std::string> words;
        for (auto const& word : given) {
            auto const name = word.substr(0, word.find('='));
            auto const* const option = app != nullptr && word.starts_with("--") && name.size() + 1 == word.size()
                                           ? app->get_option_no_throw(name)
                                           : nullptr;
            words.push_back(option != nullptr && option->get_type_size_max() > 0 ? name : word);
            if (words.back().size() != word.size())
                words.emplace_back();
        }
        return words;
    }

    CLI::App const& chosen() const
    {
        auto const parsed = app_.get_subcommands();
        return parsed.empty() ? app_ : *parsed.front();
    }

    /// The error in the words of our own messages.
    std::string say(CLI::ParseError const& e, std::vector<std::string> const& asked) const
    {
        if (dynamic_cast<CLI::ExtrasError const*>(&e) != nullptr || dynamic_cast<CLI::RequiredError const*>(&e) != nullptr)
            if (auto const unknown = first_unknown(asked); !unknown.empty())
                return unknown;
        if (dynamic_cast<CLI::RequiredError const*>(&e) != nullptr)
            return chosen().get_name() + (needs_context() ? ": CONTEXT is missing" : ": IMAGE is missing");
        std::string const text = e.what();
        auto const colon = text.find(": ");
        if (dynamic_cast<CLI::ArgumentMismatch const*>(&e) == nullptr || colon == std::string::npos)
            return text;
        bool const lacks_value = text.ends_with(" missing");
        return text.substr(0, colon) + (lacks_value ? " needs a value" : " is given more than once");
    }

    bool needs_context() const
    {
        return build_command_->parsed() || std::any_of(tasks_.begin(), tasks_.end(), [](auto const& task) { return task.first->parsed(); });
    }

    std::string first_unknown(std::vector<std::string> const& asked) const
    {
        auto const& app = chosen();
        for (auto const& extra : app_.remaining(true)) {
            auto const is_option = extra.size() > 1 && extra.starts_with('-');
            if (is_option)
                return "unknown option '" + extra + "'";
            if (&app == &app_)
                return "unknown command '" + extra + "'";
        }
        for (auto const& extra : app_.remaining(true))
            return "unexpected argument '" + extra + "'";
        static_cast<void>(asked);
        return {};
    }

    CLI::App app_;
    CLI::App* build_command_ = nullptr;
    CLI::App* list_command_ = nullptr;
    CLI::App* inspect_command_ = nullptr;
    CLI::App* prune_command_ = nullptr;
    CLI::App* usage_command_ = nullptr;
    CLI::App* index_command_ = nullptr;
    std::vector<std::pair<CLI::App*, task_options*>> tasks_;
    build_options build_;
    task_options run_;
    task_options exec_;
    task_options render_;
    list_options list_;
    inspect_options inspect_;
    prune_options prune_;
    usage_options usage_;
    index_options index_;
};
}  // namespace detail

ACRX_DECL command parse_command_line(std::vector<std::string> args)
{
    return detail::command_parser().parse(std::move(args));
}
}  // namespace acrx::cli
#endif
