// The archetypes of all concepts: compile a template with these, and it asks for no more than its concepts say.
#ifndef ACRX_TESTS_SUPPORT_ARCHETYPES_HPP
#define ACRX_TESTS_SUPPORT_ARCHETYPES_HPP
#include <support/archetypes/cache_admission.hpp>
#include <support/archetypes/cache_eviction.hpp>
#include <support/archetypes/clock.hpp>
#include <support/archetypes/container_executor.hpp>
#include <support/archetypes/context_source.hpp>
#include <support/archetypes/credential_provider.hpp>
#include <support/archetypes/file_tree.hpp>
#include <support/archetypes/image_resolver.hpp>
#include <support/archetypes/key_policy.hpp>
#include <support/archetypes/layer_cache.hpp>
#include <support/archetypes/object_client.hpp>
#include <support/archetypes/registry_client.hpp>
#include <support/archetypes/snapshotter.hpp>
#include <support/archetypes/step_executor.hpp>
#include <support/archetypes/step_storage.hpp>
#include <support/archetypes/token_source.hpp>
#include <support/archetypes/trigger_source.hpp>
#endif
