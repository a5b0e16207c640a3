// Bodies of dockerfile/file.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_FILE_IPP
#define ACRX_DOCKERFILE_IMPL_FILE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/dockerfile/detail/text.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/parse_error.hpp>

#include <algorithm>
#include <utility>

namespace acrx::dockerfile {
namespace detail {
inline void add_to(file& f, instruction read)
{
    if (auto const header = std::get_if<from>(&read.what)) {
        stage opened{header->stage_name, header->image, header->platform, read.where,
                     read.original, *header, std::move(read.comments), {}};
        f.stages.push_back(std::move(opened));
    } else if (!f.stages.empty()) {
        f.stages.back().instructions.push_back(std::move(read));
    } else if (auto const declared = std::get_if<arg>(&read.what)) {
        f.global_args.push_back({read.where, read.original, std::move(*declared), std::move(read.comments)});
    } else {
        throw parse_error(errc::invalid_instruction, read.where, "no build stage in current context",
                          "Begin the file with a FROM line; only ARG may stand before it.");
    }
}
}  // namespace detail

ACRX_DECL file parse_file(std::string_view text)
{
    if (text.empty())
        throw parse_error(errc::syntax, {}, "the Dockerfile cannot be empty");
    auto tree = parse(text);
    file f;
    f.escape = tree.escape;
    f.directives = std::move(tree.directives);
    f.syntax = std::move(tree.syntax);
    f.check = std::move(tree.check);
    f.warnings = std::move(tree.warnings);
    for (auto const& node : tree.nodes)
        detail::add_to(f, to_instruction(node));
    if (f.stages.empty())
        throw parse_error(errc::invalid_instruction, {}, "dockerfile contains no stages to build",
                          "Add a FROM line.");
    return f;
}

ACRX_DECL std::optional<std::size_t> find_stage(file const& f, std::string_view name, std::size_t before)
{
    auto const wanted = ascii_lower(name);
    if (wanted.empty())
        return {};
    for (auto i = std::min(before, f.stages.size()); i-- > 0;)
        if (f.stages[i].name == wanted)
            return i;
    return {};
}
}  // namespace acrx::dockerfile
#endif
