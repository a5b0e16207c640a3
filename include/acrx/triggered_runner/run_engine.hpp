// The concept of what carries a run out, and what it is given and gives back.
#ifndef ACRX_TRIGGERED_RUNNER_RUN_ENGINE_HPP
#define ACRX_TRIGGERED_RUNNER_RUN_ENGINE_HPP

#include <acrx/core/awaits_to.hpp>
#include <acrx/run/run_record.hpp>
#include <acrx/run/run_request.hpp>
#include <acrx/triggered_runner/run_output.hpp>

#include <concepts>
#include <filesystem>
#include <string>
#include <vector>

namespace acrx {
/// A run to carry out.
struct run_order
{
    run_record record;
    run_request request;
    std::filesystem::path upload = {};  ///< the archive that is its context; empty if it has another
};

/// How it ended.
struct run_outcome
{
    bool succeeded = false;
    std::string error = {};  ///< which step failed, and why; without secrets
    std::vector<output_image> outputs = {};
    std::vector<image_dependencies> dependencies = {};
    std::string commit = {};
};

/// A type that carries runs out.
///
/// | for `E engine`, `run_order order`, `run_output output` | is                        | means                           |
/// |--------------------------------------------------------|---------------------------|---------------------------------|
/// | `engine.run(order, output)`                            | an `awaitable<run_outcome>` | carries it out, and tells of it |
///
/// A step that fails is an outcome; what else goes wrong is thrown. `run` may be called several times at once. When it
/// is cancelled it ends soon, and leaves no process behind. `output.hide` comes before the first `write` that could
/// show a secret; those in the request are hidden already.
/// @see standard_engine
template<class E>
concept run_engine = std::movable<E> && requires(E engine, run_order order, run_output output) {
    { engine.run(order, output) } -> awaits_to<run_outcome>;
};
}  // namespace acrx
#endif
