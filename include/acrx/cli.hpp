// The room of the executables: options, progress, results, exit status.
#ifndef ACRX_CLI_HPP
#define ACRX_CLI_HPP
#include <acrx/cli/build_command.hpp>
#include <acrx/cli/build_options.hpp>
#include <acrx/cli/command_line.hpp>
#include <acrx/cli/console.hpp>
#include <acrx/cli/error_text.hpp>
#include <acrx/cli/exit_status.hpp>
#include <acrx/cli/image_name.hpp>
#include <acrx/cli/index_command.hpp>
#include <acrx/cli/live_view.hpp>
#include <acrx/cli/local_images.hpp>
#include <acrx/cli/plain_log.hpp>
#include <acrx/cli/progress_display.hpp>
#include <acrx/cli/progress_model.hpp>
#include <acrx/cli/prune_store.hpp>
#include <acrx/cli/quantities.hpp>
#include <acrx/cli/quick_build.hpp>
#include <acrx/cli/run_id.hpp>
#include <acrx/cli/run_log.hpp>
#include <acrx/cli/run_record.hpp>
#include <acrx/cli/standard_quick_task.hpp>
#include <acrx/cli/state_lock.hpp>
#include <acrx/cli/upload_lines.hpp>
#endif
