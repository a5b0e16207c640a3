// The room of images as values: references, platforms, descriptors, manifests, configs.
#ifndef ACRX_IMAGE_HPP
#define ACRX_IMAGE_HPP
#include <acrx/image/descriptor.hpp>
#include <acrx/image/image_config.hpp>
#include <acrx/image/json_reader.hpp>
#include <acrx/image/manifest.hpp>
#include <acrx/image/media_types.hpp>
#include <acrx/image/platform.hpp>
#include <acrx/image/reference.hpp>
#endif
