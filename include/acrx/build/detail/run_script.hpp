// What a RUN instruction with documents in it (heredocs) really starts.
#ifndef ACRX_BUILD_DETAIL_RUN_SCRIPT_HPP
#define ACRX_BUILD_DETAIL_RUN_SCRIPT_HPP

#include <acrx/build/plan.hpp>
#include <acrx/core/config.hpp>
#include <acrx/dockerfile/instruction.hpp>

#include <vector>

namespace acrx::detail {
/// A command, and the executable files that have to be in /dev/pipes for it.
struct run_script
{
    dockerfile::command_line command;
    std::vector<inline_file> files;
};

/// Three cases: a lone document is the script; one that begins with `#!` is a program of its own;
/// anything else is left to the shell, documents included.
ACRX_DECL run_script to_run_script(dockerfile::run const& what);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/build/impl/run_script.ipp>
#endif
#endif
