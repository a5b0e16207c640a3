// All of acrx, for a first try; programs that grow include the rooms they need.
#ifndef ACRX_ACRX_HPP
#define ACRX_ACRX_HPP
#include <acrx/build.hpp>
#include <acrx/cache.hpp>
#include <acrx/context.hpp>
#include <acrx/core.hpp>
#include <acrx/dockerfile.hpp>
#include <acrx/executor.hpp>
#include <acrx/fwd.hpp>
#include <acrx/http.hpp>
#include <acrx/identity.hpp>
#include <acrx/image.hpp>
#include <acrx/io.hpp>
#include <acrx/quick_task.hpp>
#include <acrx/registry.hpp>
#include <acrx/remote.hpp>
#include <acrx/replacement.hpp>
#include <acrx/run.hpp>
#include <acrx/server.hpp>
#include <acrx/snapshot.hpp>
#include <acrx/task.hpp>
#include <acrx/task_runner.hpp>
#include <acrx/templating.hpp>
#include <acrx/trigger.hpp>
#include <acrx/triggered_runner.hpp>
#include <acrx/version.hpp>
#endif
