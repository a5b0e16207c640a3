// Front door 2: run a task of several steps, now.
#ifndef ACRX_TASK_RUNNER_HPP
#define ACRX_TASK_RUNNER_HPP
#include <acrx/task_runner/basic_task_runner.hpp>
#include <acrx/task_runner/image_builder.hpp>
#endif
