// The room io: files beneath a root, archives, compression, child processes, YAML.
#ifndef ACRX_IO_HPP
#define ACRX_IO_HPP

#include <acrx/io/archive_reader.hpp>
#include <acrx/io/arriving_file.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/io/byte_source.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/io/decompressor.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/numbered_text.hpp>
#include <acrx/io/scratch_file.hpp>
#include <acrx/io/scratch_folder.hpp>
#include <acrx/io/source_place.hpp>
#include <acrx/io/tar_format.hpp>
#include <acrx/io/tar_header.hpp>
#include <acrx/io/text_error.hpp>
#include <acrx/io/unique_fd.hpp>
#include <acrx/io/yaml.hpp>
#include <acrx/io/yaml_scalar.hpp>

#endif
