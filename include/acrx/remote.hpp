// The room of a runner's clients: what is sent of a folder, and the talk with a runner's API.
#ifndef ACRX_REMOTE_HPP
#define ACRX_REMOTE_HPP
#include <acrx/remote/context_parcel.hpp>
#include <acrx/remote/piece_list.hpp>
#include <acrx/remote/piece_source.hpp>
#include <acrx/remote/runner_client.hpp>
#include <acrx/remote/send_context.hpp>
#endif
