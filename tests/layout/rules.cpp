// The rules on includes and on the form of a file.
#include <layout/rules.hpp>

#include <algorithm>
#include <cctype>
#include <sstream>

namespace acrx::testing {
namespace {
std::string const library = "include/acrx/";

bool is_hidden(std::string const& path)
{
    return path.find("/impl/") != std::string::npos || path.find("/detail/") != std::string::npos;
}

bool is_body(std::string const& path)
{
    return path.ends_with(".ipp");
}

bool is_room_umbrella(std::string const& path, room_table const& rooms)
{
    return path == library + room_of(path) + ".hpp" && rooms.contains(room_of(path));
}

/// `include/acrx/run/postgres_store.hpp`, where `run/postgres` is in the table.
bool is_of_part(std::string const& path, room_table const& rooms)
{
    auto const room = room_of(path);
    auto const name = path.substr(path.rfind('/') + 1);
    return rooms.contains(room + "/" + name.substr(0, name.find('_')));
}
}  // namespace

room_table read_room_table(std::string const& text)
{
    room_table rooms;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string room;
        if (!(words >> room))
            continue;
        room.pop_back();
        for (std::string below; words >> below;)
            rooms[room].insert(below);
        rooms[room].insert(room);
    }
    return rooms;
}

std::string room_of(std::string const& path)
{
    if (!path.starts_with(library))
        return {};
    auto const rest = path.substr(library.size());
    return rest.substr(0, rest.find_first_of("/."));
}

std::vector<finding> check_rooms(source_file const& file, room_table const& rooms)
{
    std::vector<finding> found;
    auto const own = room_of(file.path);
    bool const in_room = rooms.contains(own);
    bool const users_view = file.path.starts_with("tools/") || file.path.starts_with("examples/");
    for (auto const& [target, line] : file.includes) {
        auto const path = "include/" + target;
        auto const other = room_of(path);
        if (!target.starts_with("acrx/"))
            continue;
        if (in_room && rooms.contains(other) && !rooms.at(own).contains(other))
            found.push_back({"one way", file.path, line, "the room " + own + " may not include <" + target + ">"});
        else if (in_room && (other == "acrx" || (other == "fwd" && !rooms.at(own).contains("quick_task"))))
            found.push_back({"one way", file.path, line, "a room may not include <" + target + ">"});
        else if (((in_room && other != own) || users_view) && is_hidden(path))
            found.push_back({"hidden", file.path, line, "<" + target + "> is hidden in its room"});
    }
    return found;
}

std::vector<finding> check_boost(source_file const& file)
{
    std::vector<finding> found;
    bool const of_library = file.path.starts_with(library);
    bool const of_http = room_of(file.path) == "http" && is_hidden(file.path);
    for (auto const& [target, line] : file.includes) {
        if (of_library && target.starts_with("boost/beast") && !of_http)
            found.push_back({"heavy", file.path, line, "Beast is for the hidden files of http/ alone"});
        if (of_library && target.starts_with("boost/process") && !is_body(file.path))
            found.push_back({"heavy", file.path, line, "Boost.Process is for .ipp files alone"});
        if (target == "boost/asio.hpp" || target == "boost/beast.hpp" || target == "boost/process.hpp")
            found.push_back({"heavy", file.path, line, "<" + target + "> includes everything; name the part"});
    }
    return found;
}

std::vector<finding> check_form(source_file const& file)
{
    std::vector<finding> found;
    auto const first = file.text.substr(0, file.text.find('\n'));
    bool const sentence = first.starts_with("// ") && (first.ends_with('.') || first.ends_with('?') || first.find(". Usage: ") != first.npos);
    bool const header_under_test = first.starts_with("#include <acrx/") && file.path.starts_with("tests/");
    if (!sentence && !header_under_test)
        found.push_back({"first line", file.path, 1, "opens with a comment that says in one sentence what the file is for"});

    if (!file.path.ends_with(".cpp")) {
        auto guard = file.path.substr(file.path.starts_with("include/") ? 8 : 0);
        if (!file.path.starts_with("include/"))
            guard = "acrx/" + guard;
        std::transform(guard.begin(), guard.end(), guard.begin(),
                       [](unsigned char c) { return std::isalnum(c) ? static_cast<char>(std::toupper(c)) : '_'; });
        auto const opening = "#ifndef " + guard + "\n#define " + guard + "\n";
        if (file.code.find(opening) == std::string::npos)
            found.push_back({"guard", file.path, 2, "the guard is " + guard});
    }

    auto const quoted = file.text.find("\n#include \"");
    if (quoted != std::string::npos && !file.path.starts_with("tests/") && !file.path.starts_with("benchmarks/"))
        found.push_back({"include", file.path, file.line_at(quoted + 1), "includes are written in angle brackets"});

    auto const lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (lines > 400 && file.path.starts_with(library))
        found.push_back({"length", file.path, 401, "more than 400 lines are two ideas"});
    return found;
}

std::vector<finding> check_umbrellas(std::vector<source_file> const& tree, room_table const& rooms)
{
    std::vector<finding> found;
    std::map<std::string, std::set<std::string>> named;
    for (auto const& file : tree)
        if (is_room_umbrella(file.path, rooms)) {
            auto const room = room_of(file.path);
            auto const bodies = "acrx/" + room + "/impl/" + room;  // of a front door, which is its room's umbrella, too
            named[room];
            for (auto const& [target, line] : file.includes)
                if (named[room].insert("include/" + target); is_hidden(target) && !target.starts_with(bodies))
                    found.push_back({"umbrella", file.path, line, "names the hidden <" + target + ">"});
        }
    for (auto const& file : tree)
        if (file.path == library + "acrx.hpp")
            for (auto const& [room, headers] : named)  // those for executables would cost everyone their libraries
                if (room != "cli" && room != "runner_cli" && file.text.find("#include <acrx/" + room + ".hpp>") == file.text.npos)
                    found.push_back({"umbrella", file.path, 1, "does not name the room " + room});
    for (auto const& file : tree) {
        auto const room = room_of(file.path);
        if (!rooms.contains(room) || is_hidden(file.path) || is_body(file.path) || is_room_umbrella(file.path, rooms))
            continue;
        if (is_of_part(file.path, rooms) && named[room].contains(file.path))
            found.push_back({"umbrella", file.path, 1, "costs all who include acrx/" + room + ".hpp a library"});
        if (!is_of_part(file.path, rooms) && !named[room].contains(file.path))
            found.push_back({"umbrella", file.path, 1, "is not named by acrx/" + room + ".hpp"});
    }
    return found;
}

std::vector<finding> check_tree(std::vector<source_file> const& tree, room_table const& rooms)
{
    auto found = check_umbrellas(tree, rooms);
    for (auto const& file : tree)
        for (auto const& part : {check_rooms(file, rooms), check_boost(file), check_form(file), check_awaits(file)})
            found.insert(found.end(), part.begin(), part.end());
    return found;
}
}  // namespace acrx::testing
