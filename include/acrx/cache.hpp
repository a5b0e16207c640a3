// The room of layer caches: what remembers the layer that a step made.
#ifndef ACRX_CACHE_HPP
#define ACRX_CACHE_HPP
#include <acrx/cache/any_cache.hpp>
#include <acrx/cache/layer_cache.hpp>
#include <acrx/cache/local_cache.hpp>
#include <acrx/cache/no_cache.hpp>
#endif
