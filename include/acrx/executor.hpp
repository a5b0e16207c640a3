// The room executor: what runs the steps of a build, on this machine or elsewhere.
#ifndef ACRX_EXECUTOR_HPP
#define ACRX_EXECUTOR_HPP

#include <acrx/executor/any_executor.hpp>
#include <acrx/executor/check_limit.hpp>
#include <acrx/executor/closed_group.hpp>
#include <acrx/executor/container_executor.hpp>
#include <acrx/executor/device_edits.hpp>
#include <acrx/executor/device_interface.hpp>
#include <acrx/executor/docker_engine.hpp>
#include <acrx/executor/has_emulator.hpp>
#include <acrx/executor/host_device.hpp>
#include <acrx/executor/host_process.hpp>
#include <acrx/executor/metadata_service.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/published_port.hpp>
#include <acrx/executor/run_network.hpp>
#include <acrx/executor/run_step.hpp>
#include <acrx/executor/sandbox.hpp>
#include <acrx/executor/step_executor.hpp>
#include <acrx/executor/step_rights.hpp>
#include <acrx/executor/step_spec.hpp>
#include <acrx/executor/user_namespace.hpp>

#endif
