// Reads a text as a Dockerfile; every instruction, printed as one line and read again, is the same.
#include "target.hpp"

#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <algorithm>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
/// The instruction without its continuation lines and comments, with its heredocs.
std::string printed(dockerfile::syntax_node const& node)
{
    auto text = "\n" + node.original + "\n";  // not the first line: a byte order mark is dropped there
    for (auto const& document : node.heredocs)
        text += document.content + document.name + "\n";
    return text;
}

void check_printing(dockerfile::syntax_tree const& tree)
{
    for (auto const& node : tree.nodes) {
        // One physical line may not be that long; of a lone continuation nothing is left to print; and what ended in
        // an escape and a strange blank, which is cut off, would go on.
        if (node.original.size() > 60'000 || node.keyword.empty() || node.original.ends_with(tree.escape))
            continue;
        dockerfile::syntax_tree again;
        ensure(accepts([&] { again = dockerfile::parse(printed(node), tree.escape); }), "what was printed can be read");
        dockerfile::syntax_tree once;
        once.nodes.push_back(node);
        ensure(dump(once) == dump(again), "reading what was printed gives the same instruction");
        ensure(again.nodes.front().flags == node.flags && again.nodes.front().json_form == node.json_form,
               "the same flags and form");
    }
}

void check_places(dockerfile::syntax_tree const& tree, std::string_view text)
{
    auto const lines = std::count(text.begin(), text.end(), '\n') + 1;
    auto before = 0;
    for (auto const& node : tree.nodes) {
        ensure(node.where.first_line > before && node.where.last_line >= node.where.first_line
                   && node.where.last_line <= lines,
               "instructions have lines of the file, in order");
        before = node.where.last_line;
    }
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    dockerfile::syntax_tree tree;
    auto const is_tree = accepts([&] { tree = dockerfile::parse(text); });
    if (is_tree) {
        check_places(tree, text);
        check_printing(tree);
    }
    auto const is_file = accepts([&] { dockerfile::parse_file(text); });
    ensure(is_tree || !is_file, "what cannot be split into instructions is no Dockerfile");
    return 0;
}
