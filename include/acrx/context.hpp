// The room of build contexts: where the files of a build come from, and which of them count.
#ifndef ACRX_CONTEXT_HPP
#define ACRX_CONTEXT_HPP
#include <acrx/context/any_context.hpp>
#include <acrx/context/context_files.hpp>
#include <acrx/context/context_source.hpp>
#include <acrx/context/download_cache.hpp>
#include <acrx/context/empty_context.hpp>
#include <acrx/context/fetch_url.hpp>
#include <acrx/context/git_repository.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/context/local_archive.hpp>
#include <acrx/context/local_directory.hpp>
#include <acrx/context/location.hpp>
#include <acrx/context/oci_artifact.hpp>
#include <acrx/context/remote_tarball.hpp>
#include <acrx/context/standard_input.hpp>
#include <acrx/context/stat_index.hpp>
#include <acrx/context/wildcard.hpp>
#endif
