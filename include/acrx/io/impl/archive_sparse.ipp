// Bodies of io/detail/archive_state.hpp for sparse files: the maps of GNU and of the three pax forms.
#ifndef ACRX_IO_IMPL_ARCHIVE_SPARSE_IPP
#define ACRX_IO_IMPL_ARCHIVE_SPARSE_IPP
#include <acrx/io/detail/archive_state.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace acrx {
inline void archive_reader::state::add_run(std::uint64_t at, std::uint64_t size)
{
    if (runs.size() >= limits.header_bytes / sizeof(detail::sparse_run))
        fail("a sparse file has too many pieces");
    if (size > 0)
        runs.push_back({at, size});
}

inline void archive_reader::state::check_runs()
{
    is_sparse = true;
    std::uint64_t end = 0;
    std::uint64_t sum = 0;
    for (auto const& piece : runs) {
        if (piece.offset < end || piece.offset > entry.size || piece.size > entry.size - piece.offset)
            fail("a sparse file has overlapping pieces");
        end = piece.offset + piece.size;
        sum += piece.size;
    }
    if (sum != stored)
        fail("a sparse file has pieces of another size than its data");
}

inline void archive_reader::state::read_gnu_sparse(detail::tar_header const& header)
{
    auto const take_runs = [&](detail::tar_header const& from, std::size_t at, int count) {
        for (int i = 0; i < count; ++i, at += 24)
            if (!from.text(at, 24).empty())
                add_run(number(from, at, 12, "piece"), number(from, at + 12, 12, "piece"));
    };
    entry.size = number(header, 483, 12, "size");
    take_runs(header, 386, 4);
    for (bool more = header.field(482, 1)[0] != '\0'; more;) {
        detail::tar_header const next(need_block());
        take_runs(next, 0, 21);
        more = next.field(504, 1)[0] != '\0';
    }
    check_runs();
}

inline void archive_reader::state::read_pax_sparse(detail::tar_extensions const& more)
{
    auto const decimal = [&](std::string_view text) {
        auto const value = detail::parse_decimal(text);
        if (!value)
            fail("a sparse file has a malformed map");
        return *value;
    };
    auto const* major = more.find("GNU.sparse.major");
    auto const* size = more.find(major != nullptr ? "GNU.sparse.realsize" : "GNU.sparse.size");
    if (size == nullptr)
        return;
    entry.size = decimal(*size);
    if (auto const* name = more.find("GNU.sparse.name"))
        entry.path = *name;
    if (major != nullptr && *major == "1") {
        read_sparse_map_from_data();
        check_runs();
        return;
    }
    if (auto const* map = more.find("GNU.sparse.map")) {
        std::string_view left = *map;
        while (!left.empty()) {
            std::array<std::uint64_t, 2> pair{};
            for (auto& value : pair) {
                auto const comma = std::min(left.find(','), left.size());
                value = decimal(left.substr(0, comma));
                left.remove_prefix(std::min(comma + 1, left.size()));
            }
            add_run(pair[0], pair[1]);
        }
    } else {
        std::uint64_t at = 0;
        for (auto const& [key, value] : more.pax)
            if (key == "GNU.sparse.offset")
                at = decimal(value);
            else if (key == "GNU.sparse.numbytes")
                add_run(at, decimal(value));
    }
    check_runs();
}

/// Version 1.0 writes the map before the data, a number a line, filled up to a whole block.
inline void archive_reader::state::read_sparse_map_from_data()
{
    std::string text;
    std::size_t at = 0;
    auto const next_number = [&] {
        auto end = text.find('\n', at);
        while (end == std::string::npos) {
            if (stored < detail::tar_block || text.size() > limits.header_bytes)
                fail("a sparse file has a malformed map");
            auto const more = need_block();
            stored -= detail::tar_block;
            text.append(reinterpret_cast<char const*>(more.data()), more.size());
            end = text.find('\n', at);
        }
        auto const value = detail::parse_decimal(std::string_view(text).substr(at, end - at));
        if (!value)
            fail("a sparse file has a malformed map");
        at = end + 1;
        return *value;
    };
    for (auto count = next_number(); count > 0; --count) {
        auto const start = next_number();
        add_run(start, next_number());
    }
}
}  // namespace acrx
#endif
