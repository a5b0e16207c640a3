// The rules that the tree keeps and that no compiler checks.
#ifndef ACRX_TESTS_LAYOUT_RULES_HPP
#define ACRX_TESTS_LAYOUT_RULES_HPP

#include <layout/source_text.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace acrx::testing {
/// For each room, the rooms that it may include: the table of CMakeLists.txt.
using room_table = std::map<std::string, std::set<std::string>>;

/// Lines of the form `room: below below`; a part of a room is `room/part`.
room_table read_room_table(std::string const& text);

/// `include/acrx/io/files.hpp` and `include/acrx/io.hpp` are of the room `io`; empty outside of the rooms.
std::string room_of(std::string const& path);

/// Rooms include only rooms below them, and no impl/ or detail/ of another; examples and tools only public headers.
std::vector<finding> check_rooms(source_file const& file, room_table const& rooms);
/// Beast, Process and the catch-all headers of Boost stay out of what others include.
std::vector<finding> check_boost(source_file const& file);
/// Opens with a sentence (a test: with the header under test), is guarded by its path, is not too long.
std::vector<finding> check_form(source_file const& file);
/// The coroutine shapes that g++ 12 compiles to wrong code.
std::vector<finding> check_awaits(source_file const& file);
/// The umbrella of each room names all its public headers but those of parts, and nothing hidden; acrx.hpp names all umbrellas.
std::vector<finding> check_umbrellas(std::vector<source_file> const& tree, room_table const& rooms);

std::vector<finding> check_tree(std::vector<source_file> const& tree, room_table const& rooms);
}  // namespace acrx::testing
#endif
