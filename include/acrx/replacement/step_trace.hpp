// A record of the steps that builds took: what a cache is measured with.
#ifndef ACRX_REPLACEMENT_STEP_TRACE_HPP
#define ACRX_REPLACEMENT_STEP_TRACE_HPP

#include <acrx/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace acrx {
/// The names of the key policies, in the order of a trace.
inline constexpr std::array<std::string_view, 4> traced_keys{"content", "chain", "time", "context"};

/// The first 64 bits of a digest. 0 stands for none.
using short_key = std::uint64_t;

/// One step of one build.
struct traced_step
{
    std::int64_t time = 0;  ///< of the build: seconds since 1970
    std::uint64_t build = 0;  ///< steps of one build have one number, and stand together
    char kind = 'r';        ///< r for RUN, c for COPY and ADD, w for WORKDIR
    std::array<short_key, traced_keys.size()> keys{};  ///< 0 where it was not worked out
    short_key parent = 0;   ///< content key of the step that it lies on; 0 for a base image or nothing
    std::uint64_t bytes = 0;  ///< of its layer
    double seconds = 0;     ///< that it took, or takes when it is run

    bool operator==(traced_step const&) const = default;
};

/// The first line of a trace. The others are, with one space between them:
///
///     TIME BUILD KIND CONTENT CHAIN TIME-KEY CONTEXT-KEY PARENT BYTES SECONDS
///
/// Keys are 16 hexadecimal digits, or `-` for none; SECONDS is a decimal number of up to six digits. Empty
/// lines, and lines that begin with `#`, say nothing. Traces may be concatenated.
inline constexpr std::string_view trace_heading = "# acrx trace 1";

/// One line, without its end. Costs about 150 ns.
/// @throws error (`errc::damaged`) that says which field is wrong
ACRX_DECL traced_step parse_traced_step(std::string_view line);
/// The inverse, with its end.
ACRX_DECL std::string to_line(traced_step const& step);
/// The first 16 hexadecimal digits of a digest, or of a file's sum.
ACRX_DECL short_key to_short_key(std::string_view hexadecimal);

/// What to do with a damaged line: called with its number, from 1, and with what is wrong.
using damage_sink = std::function<void(std::size_t line, std::string const& problem)>;

/// Calls `take` with each step of a trace.
/// @param damaged  told of lines that are left out; it may throw
/// @throws error (`errc::not_supported`) for a trace of another version
ACRX_DECL void read_trace(std::string_view text, std::function<void(traced_step const&)> const& take,
                          damage_sink const& damaged);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/replacement/impl/step_trace.ipp>
#endif
#endif
