// The room of runs: what is stored of tasks and runs, where, and their logs.
#ifndef ACRX_RUN_HPP
#define ACRX_RUN_HPP
#include <acrx/run/agent_pool.hpp>
#include <acrx/run/database_store.hpp>
#include <acrx/run/memory_store.hpp>
#include <acrx/run/named_run.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/run/run_query.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/run/run_status.hpp>
#include <acrx/run/run_steps.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/run/secret_box.hpp>
#include <acrx/run/sqlite_store.hpp>
#include <acrx/run/step_definition.hpp>
#include <acrx/run/task_definition.hpp>
#include <acrx/run/task_identity.hpp>
#endif
