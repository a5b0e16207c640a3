// The room of the HTTP API: callers and their roles, the paths and JSON of ACR Tasks, and what else a runner serves.
#ifndef ACRX_SERVER_HPP
#define ACRX_SERVER_HPP
#include <acrx/server/any_door.hpp>
#include <acrx/server/api_options.hpp>
#include <acrx/server/arm_error.hpp>
#include <acrx/server/arm_path.hpp>
#include <acrx/server/authenticator.hpp>
#include <acrx/server/caller.hpp>
#include <acrx/server/json_web_token.hpp>
#include <acrx/server/oidc_issuer.hpp>
#include <acrx/server/piece_store.hpp>
#include <acrx/server/request_json.hpp>
#include <acrx/server/run_filter.hpp>
#include <acrx/server/run_json.hpp>
#include <acrx/server/run_metrics.hpp>
#include <acrx/server/runner_api.hpp>
#include <acrx/server/runner_metrics.hpp>
#include <acrx/server/runner_page.hpp>
#include <acrx/server/signed_link.hpp>
#include <acrx/server/step_json.hpp>
#include <acrx/server/task_json.hpp>
#include <acrx/server/token_file.hpp>
#endif
