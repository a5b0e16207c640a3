// What a runner writes of a run by itself: why it failed, and the last line of its log.
#ifndef ACRX_TRIGGERED_RUNNER_DETAIL_RUN_WORDS_HPP
#define ACRX_TRIGGERED_RUNNER_DETAIL_RUN_WORDS_HPP

#include <acrx/core/config.hpp>
#include <acrx/run/run_store.hpp>
#include <acrx/triggered_runner/run_engine.hpp>

#include <exception>
#include <string>

namespace acrx::detail {
ACRX_DECL std::string failure_text(std::exception_ptr failure);
/// `Run ID: ca1 was successful after 13s`, or why it was not.
ACRX_DECL std::string end_line(run_record const& record);
ACRX_DECL void take_outcome(run_change& change, run_outcome outcome);
/// The record as it is once the change is written.
ACRX_DECL void set_end(run_record& record, run_change const& change);
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/triggered_runner/impl/run_words.ipp>
#endif
#endif
