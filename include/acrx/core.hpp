// The room of values that everything else uses: errors, digests, time, waiting.
#ifndef ACRX_CORE_HPP
#define ACRX_CORE_HPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/async_once.hpp>
#include <acrx/core/awaits_to.hpp>
#include <acrx/core/base64.hpp>
#include <acrx/core/byte_sink.hpp>
#include <acrx/core/clock.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/deadline.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/core/error.hpp>
#include <acrx/core/gate.hpp>
#include <acrx/core/offload.hpp>
#include <acrx/core/quantities.hpp>
#include <acrx/core/secret_text.hpp>
#include <acrx/core/utf8.hpp>
#include <acrx/core/when_all.hpp>
#endif
