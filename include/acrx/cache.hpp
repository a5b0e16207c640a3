// The room of layer caches: what remembers the layer that a step made.
#ifndef ACRX_CACHE_HPP
#define ACRX_CACHE_HPP
#include <acrx/cache/any_cache.hpp>
#include <acrx/cache/basic_layer_cache.hpp>
#include <acrx/cache/borrowed_cache.hpp>
#include <acrx/cache/cache_image.hpp>
#include <acrx/cache/cache_journal.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/cache/local_cache.hpp>
#include <acrx/cache/local_storage.hpp>
#include <acrx/cache/memory_storage.hpp>
#include <acrx/cache/no_cache.hpp>
#include <acrx/cache/object_cache.hpp>
#include <acrx/cache/recording_cache.hpp>
#include <acrx/cache/registry_cache.hpp>
#include <acrx/cache/step_storage.hpp>
#include <acrx/cache/tiered_cache.hpp>
#endif
