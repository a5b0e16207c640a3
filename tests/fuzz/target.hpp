// What the fuzz targets share: a promise that ends the program when it is broken.
#ifndef ACRX_TESTS_FUZZ_TARGET_HPP
#define ACRX_TESTS_FUZZ_TARGET_HPP

#include <acrx/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// The entry that libFuzzer and run_corpus.cpp call.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace acrx::fuzz {
/// Ends the program, so that the fuzzer keeps the input, unless `holds`.
inline void ensure(bool holds, std::string const& promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
    std::abort();
}

/// Runs what may refuse its input with an `error`, and with nothing else. @return whether it did not
template<class Work>
bool accepts(Work work)
{
    try {
        work();
        return true;
    } catch (error const& refused) {
        ensure(!refused.text().empty(), "an error says what is wrong");
        return false;
    }
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size)
{
    return {reinterpret_cast<char const*>(data), size};
}
}  // namespace acrx::fuzz
#endif
