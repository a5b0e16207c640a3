// Where in a Dockerfile something stands.
#ifndef ACRX_DOCKERFILE_SOURCE_SPAN_HPP
#define ACRX_DOCKERFILE_SOURCE_SPAN_HPP

namespace acrx::dockerfile {
/// Physical lines, counted from 1 and both included; 0 means that the place is not known.
struct source_span
{
    int first_line = 0;
    int last_line = 0;
    int column = 1;  ///< bytes from the start of the first line, counted from 1

    friend bool operator==(source_span const&, source_span const&) = default;
};
}  // namespace acrx::dockerfile
#endif
