// The room of tasks: task files, their steps, and what is known of these before anything runs.
#ifndef ACRX_TASK_HPP
#define ACRX_TASK_HPP
#include <acrx/task/alias_loader.hpp>
#include <acrx/task/aliases.hpp>
#include <acrx/task/build_command.hpp>
#include <acrx/task/build_order.hpp>
#include <acrx/task/check_commands.hpp>
#include <acrx/task/command_words.hpp>
#include <acrx/task/container_spec.hpp>
#include <acrx/task/dependency_report.hpp>
#include <acrx/task/home_files.hpp>
#include <acrx/task/render_task.hpp>
#include <acrx/task/run_command.hpp>
#include <acrx/task/run_id.hpp>
#include <acrx/task/run_variables.hpp>
#include <acrx/task/step_cache.hpp>
#include <acrx/task/step_graph.hpp>
#include <acrx/task/step_schedule.hpp>
#include <acrx/task/task_error.hpp>
#include <acrx/task/task_event.hpp>
#include <acrx/task/task_file.hpp>
#include <acrx/task/task_step.hpp>
#include <acrx/task/task_template.hpp>
#include <acrx/task/task_warning.hpp>
#include <acrx/task/values_file.hpp>
#include <acrx/task/workspace.hpp>
#endif
