// The room of the command acrx-runner: serving, and the commands that mirror `az acr task`.
#ifndef ACRX_RUNNER_CLI_HPP
#define ACRX_RUNNER_CLI_HPP
#include <acrx/runner_cli/api_client.hpp>
#include <acrx/runner_cli/commit_reporter.hpp>
#include <acrx/runner_cli/end_teller.hpp>
#include <acrx/runner_cli/finished_hook.hpp>
#include <acrx/runner_cli/runner_command_line.hpp>
#include <acrx/runner_cli/runner_state.hpp>
#include <acrx/runner_cli/serve.hpp>
#include <acrx/runner_cli/serve_options.hpp>
#include <acrx/runner_cli/server_log.hpp>
#include <acrx/runner_cli/service_manager.hpp>
#include <acrx/runner_cli/standard_engine.hpp>
#include <acrx/runner_cli/standard_triggers.hpp>
#include <acrx/runner_cli/task_arguments.hpp>
#include <acrx/runner_cli/task_commands.hpp>
#include <acrx/runner_cli/task_webhooks.hpp>
#include <acrx/runner_cli/webhook_memory.hpp>
#include <acrx/runner_cli/webhook_registrar.hpp>
#endif
