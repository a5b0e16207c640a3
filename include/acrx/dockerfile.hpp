// The room of the Dockerfile language: text to instructions to stages.
#ifndef ACRX_DOCKERFILE_HPP
#define ACRX_DOCKERFILE_HPP
#include <acrx/dockerfile/csv.hpp>
#include <acrx/dockerfile/expand.hpp>
#include <acrx/dockerfile/expansion.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/go_duration.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/lint.hpp>
#include <acrx/dockerfile/lint_options.hpp>
#include <acrx/dockerfile/lint_warning.hpp>
#include <acrx/dockerfile/mount.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/port.hpp>
#include <acrx/dockerfile/signal.hpp>
#include <acrx/dockerfile/source_span.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>
#include <acrx/dockerfile/wording.hpp>
#endif
