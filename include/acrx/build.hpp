// The room of the builder: from a Dockerfile and its context to an image.
#ifndef ACRX_BUILD_HPP
#define ACRX_BUILD_HPP
#include <acrx/build/block_tables.hpp>
#include <acrx/build/build_request.hpp>
#include <acrx/build/file_tree.hpp>
#include <acrx/build/find_base.hpp>
#include <acrx/build/finish_image.hpp>
#include <acrx/build/layer_ref.hpp>
#include <acrx/build/layer_store.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/place_files.hpp>
#include <acrx/build/plan.hpp>
#include <acrx/build/progress.hpp>
#include <acrx/build/push_image.hpp>
#include <acrx/build/read_dockerfile.hpp>
#include <acrx/build/redactor.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/build/shared_indexes.hpp>
#include <acrx/build/solver.hpp>
#include <acrx/build/stage_files.hpp>
#include <acrx/build/state_folder.hpp>
#include <acrx/build/cache_key.hpp>
#endif
