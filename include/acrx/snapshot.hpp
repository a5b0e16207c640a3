// The room snapshot: layers to root filesystems, changes of a root to a layer.
#ifndef ACRX_SNAPSHOT_HPP
#define ACRX_SNAPSHOT_HPP

#include <acrx/snapshot/convert_layer.hpp>
#include <acrx/snapshot/extract_archive.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_form.hpp>
#include <acrx/snapshot/layer_index.hpp>
#include <acrx/snapshot/layer_reuse.hpp>
#include <acrx/snapshot/layer_scanner.hpp>
#include <acrx/snapshot/overlay_snapshotter.hpp>
#include <acrx/snapshot/pack_layer.hpp>
#include <acrx/snapshot/packed_layer.hpp>
#include <acrx/snapshot/path_order.hpp>
#include <acrx/snapshot/path_walk.hpp>
#include <acrx/snapshot/prepared_root.hpp>
#include <acrx/snapshot/privileges.hpp>
#include <acrx/snapshot/read_layer_files.hpp>
#include <acrx/snapshot/root_filesystem.hpp>
#include <acrx/snapshot/root_view.hpp>
#include <acrx/snapshot/snapshotter.hpp>
#include <acrx/snapshot/source_file.hpp>

#endif
