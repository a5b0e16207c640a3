// Front door 3: stored tasks, triggers, runs.
#ifndef ACRX_TRIGGERED_RUNNER_HPP
#define ACRX_TRIGGERED_RUNNER_HPP
#include <acrx/triggered_runner/base_image_book.hpp>
#include <acrx/triggered_runner/basic_triggered_runner.hpp>
#include <acrx/triggered_runner/bell.hpp>
#include <acrx/triggered_runner/follow_tasks.hpp>
#include <acrx/triggered_runner/plan_runs.hpp>
#include <acrx/triggered_runner/run_engine.hpp>
#include <acrx/triggered_runner/run_output.hpp>
#include <acrx/triggered_runner/runner_service.hpp>
#include <acrx/triggered_runner/secret_forms.hpp>
#include <acrx/triggered_runner/task_table.hpp>
#include <acrx/triggered_runner/trigger_overview.hpp>
#endif
