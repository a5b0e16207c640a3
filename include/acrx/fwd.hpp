// Every composed template with its default policies and its plain name: the table of contents of acrx.
#ifndef ACRX_FWD_HPP
#define ACRX_FWD_HPP

#include <acrx/cache/any_cache.hpp>
#include <acrx/cache/basic_layer_cache.hpp>
#include <acrx/cache/local_cache.hpp>
#include <acrx/cache/local_storage.hpp>
#include <acrx/cache/no_cache.hpp>
#include <acrx/cache/registry_cache.hpp>
#include <acrx/context/any_context.hpp>
#include <acrx/executor/any_executor.hpp>
#include <acrx/executor/docker_engine.hpp>
#include <acrx/executor/oci_runtime.hpp>
#include <acrx/executor/sandbox.hpp>
#include <acrx/identity/docker_config.hpp>
#include <acrx/identity/machine_secrets.hpp>
#include <acrx/registry/distribution_client.hpp>
#include <acrx/replacement/any_replacement.hpp>
#include <acrx/snapshot/overlay_snapshotter.hpp>
#include <acrx/task_runner.hpp>

namespace acrx {
/// Any registry over HTTP, with the credentials that `docker login` and `podman login` left.
using distribution_client = basic_distribution_client<docker_config>;

/// Whatever a location names: folder, archive, git repository, tarball, OCI artifact, standard input, nothing.
using quick_context = standard_context<distribution_client>;

/// Remembers steps in the state folder within a budget, by a key, an admission and an eviction that have names.
using standard_layer_cache =
    basic_layer_cache<named_key, local_storage, named_admission<digest>, named_eviction<digest>>;

/// Remembers steps within a budget, or without one, or not at all.
using quick_cache = any_cache<standard_layer_cache, local_cache, no_cache>;

/// Remembers steps in an image of a registry, which many machines share.
using registry_cache = basic_registry_cache<distribution_client>;

/// Runs steps in a sandbox of our own or by an OCI runtime.
using quick_executor = any_executor<sandbox, oci_runtime>;

template<context_source Context, registry_client Registry, layer_cache Cache, snapshotter Snapshots,
         step_executor Executor>
class basic_quick_task;
/// Builds an image of a context and pushes it: any context, distribution client, local cache, overlayfs, sandbox.
using quick_task =
    basic_quick_task<quick_context, distribution_client, quick_cache, overlay_snapshotter, quick_executor>;

/// Builds the images of a task, each by a quick task.
using quick_builder = basic_quick_builder<distribution_client, quick_cache, overlay_snapshotter, quick_executor>;
/// Runs containers by an OCI runtime, or by a Docker engine.
using task_executor = any_executor<oci_runtime, docker_engine>;

/// Runs a task: any context, our own builder, containers, secrets of this machine and of vaults.
using task_runner = basic_task_runner<quick_context, quick_builder, task_executor, distribution_client, overlay_snapshotter,
                                      machine_secrets, system_clock, task_sink>;
}  // namespace acrx
#endif
