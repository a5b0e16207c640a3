// The room of registries: the concept of a place that holds images, and its models.
#ifndef ACRX_REGISTRY_HPP
#define ACRX_REGISTRY_HPP
#include <acrx/registry/blob_upload.hpp>
#include <acrx/registry/challenge.hpp>
#include <acrx/registry/distribution_client.hpp>
#include <acrx/registry/image_archive.hpp>
#include <acrx/registry/image_resolver.hpp>
#include <acrx/registry/oci_layout.hpp>
#include <acrx/registry/registry_client.hpp>
#include <acrx/registry/registry_options.hpp>
#endif
