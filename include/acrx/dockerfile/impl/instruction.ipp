// Bodies of dockerfile/instruction.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_INSTRUCTION_IPP
#define ACRX_DOCKERFILE_IMPL_INSTRUCTION_IPP
#include <acrx/dockerfile/detail/instruction_reader.hpp>
#include <acrx/dockerfile/instruction.hpp>
#include <acrx/dockerfile/parse_error.hpp>

namespace acrx::dockerfile {
ACRX_DECL std::string_view keyword_of(any_instruction const& what) noexcept
{
    static constexpr std::array<std::string_view, std::variant_size_v<any_instruction>> keywords{
        "FROM",   "ARG",        "ENV", "LABEL", "RUN",        "COPY",        "ADD",     "WORKDIR",   "USER", "EXPOSE",
        "VOLUME", "ENTRYPOINT", "CMD", "SHELL", "STOPSIGNAL", "HEALTHCHECK", "ONBUILD", "MAINTAINER"};
    return keywords[what.index()];
}

ACRX_DECL instruction to_instruction(syntax_node const& node)
{
    return {node.where, node.spelling, node.original, detail::instruction_reader(node).read(), node.comments};
}

ACRX_DECL instruction parse_onbuild_trigger(std::string_view text, char escape)
{
    auto const tree = parse(text, escape);
    if (tree.nodes.size() != 1)
        throw parse_error(errc::invalid_instruction, tree.nodes[1].where,
                          "onbuild trigger should be a single expression");
    auto result = to_instruction(tree.nodes.front());
    auto const name = keyword_of(result.what);
    if (name == "ONBUILD")
        throw parse_error(errc::invalid_instruction, result.where,
                          "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    if (name == "FROM" || name == "MAINTAINER")
        throw parse_error(errc::invalid_instruction, result.where,
                          std::string(name) + " isn't allowed as an ONBUILD trigger");
    return result;
}
}  // namespace acrx::dockerfile
#endif
