// The room of cache replacement: what a cache with a budget takes in, and what it gives up for it.
#ifndef ACRX_REPLACEMENT_HPP
#define ACRX_REPLACEMENT_HPP
#include <acrx/replacement/any_replacement.hpp>
#include <acrx/replacement/bounded_set.hpp>
#include <acrx/replacement/cache_admission.hpp>
#include <acrx/replacement/cache_eviction.hpp>
#include <acrx/replacement/queue_eviction.hpp>
#include <acrx/replacement/ranked_eviction.hpp>
#include <acrx/replacement/replacement_names.hpp>
#include <acrx/replacement/simple_admission.hpp>
#include <acrx/replacement/step_trace.hpp>
#include <acrx/replacement/tiny_lfu_admission.hpp>
#include <acrx/replacement/ttl_eviction.hpp>
#endif
