// Bodies of executor/detail/device_file.hpp.
#ifndef ACRX_EXECUTOR_IMPL_DEVICE_FILE_IPP
#define ACRX_EXECUTOR_IMPL_DEVICE_FILE_IPP
#include <acrx/executor/detail/device_file.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/text_error.hpp>
#include <acrx/io/yaml.hpp>
#include <acrx/io/yaml_scalar.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace acrx::detail {
/// Reads the members of maps; JSON is YAML, too.
class device_file_reader
{
public:
    explicit device_file_reader(std::string name) : name_(std::move(name)) {}

    device_file read(std::string text) const
    {
        auto const root = parse_yaml(numbered_text{std::move(text), {}}, name_);
        if (!root || root->kind != yaml_kind::map)
            throw text_error(errc::syntax, name_, {}, "a device file is a map");
        if (text_of(*root, "cdiVersion").empty())
            refuse(*root, "cdiVersion is missing");
        device_file file;
        file.kind = text_of(*root, "kind");
        file.annotations = annotations_of(*root);
        file.edits = edits_of(*root);
        for (auto const& each : list_of(*root, "devices")) {
            auto const& device = map_at(*each);
            file.devices.push_back({text_of(device, "name"), annotations_of(device), edits_of(device)});
        }
        if (file.devices.empty())
            refuse(*root, "there are no devices");
        return file;
    }

private:
    [[noreturn]] void refuse(yaml_node const& at, std::string const& what) const
    {
        throw text_error(errc::syntax, name_, at.where, what);
    }

    static yaml_node const* find(yaml_node const& map, std::string_view key)
    {
        for (auto const& [name, value] : map.entries)
            if (name->text == key && !value->is_null())
                return value.get();
        return nullptr;
    }

    yaml_node const& map_at(yaml_node const& node) const
    {
        if (node.kind != yaml_kind::map)
            refuse(node, "a map must stand here");
        return node;
    }

    std::string scalar_at(yaml_node const& node) const
    {
        if (node.kind != yaml_kind::scalar)
            refuse(node, "a text must stand here");
        return node.text;
    }

    std::string text_of(yaml_node const& map, std::string_view key) const
    {
        auto const* value = find(map, key);
        return value == nullptr ? std::string() : scalar_at(*value);
    }

    std::vector<yaml_ptr> list_of(yaml_node const& map, std::string_view key) const
    {
        auto const* value = find(map, key);
        if (value != nullptr && value->kind != yaml_kind::list)
            refuse(*value, std::string(key) + " must be a list");
        return value == nullptr ? std::vector<yaml_ptr>() : value->items;
    }

    std::vector<std::string> texts_of(yaml_node const& map, std::string_view key) const
    {
        std::vector<std::string> texts;
        for (auto const& item : list_of(map, key))
            texts.push_back(scalar_at(*item));
        return texts;
    }

    std::uint32_t number_at(yaml_node const& node) const
    {
        auto const value = resolve(node);
        auto const* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max())
            refuse(node, "\"" + node.text + "\" is not a number from 0 to 4294967295");
        return static_cast<std::uint32_t>(*number);
    }

    std::optional<std::uint32_t> number_of(yaml_node const& map, std::string_view key) const
    {
        auto const* value = find(map, key);
        return value == nullptr ? std::nullopt : std::optional(number_at(*value));
    }

    std::map<std::string, std::string> annotations_of(yaml_node const& map) const
    {
        std::map<std::string, std::string> texts;
        if (auto const* annotations = find(map, "annotations"))
            for (auto const& [key, value] : map_at(*annotations).entries)
                texts[key->text] = scalar_at(*value);
        return texts;
    }

    std::string path_of(yaml_node const& map, std::string_view key) const
    {
        auto path = text_of(map, key);
        if (!path.starts_with('/'))
            refuse(map, std::string(key) + " \"" + path + "\" is no absolute path");
        return path;
    }

    device_edits::node node_at(yaml_node const& map) const
    {
        device_edits::node node;
        node.path = path_of(map, "path");
        node.host_path = text_of(map, "hostPath");
        node.type = text_of(map, "type");
        constexpr std::array<std::string_view, 5> types{"", "b", "c", "u", "p"};
        if (std::find(types.begin(), types.end(), node.type) == types.end())
            refuse(map, "the type \"" + node.type + "\" is not one of b, c, u, p");
        node.major = number_of(map, "major");
        node.minor = number_of(map, "minor");
        node.mode = number_of(map, "fileMode");
        if (node.mode)
            *node.mode &= 07777U;
        node.uid = number_of(map, "uid");
        node.gid = number_of(map, "gid");
        node.access = text_of(map, "permissions");
        if (node.access != "none" && node.access.find_first_not_of("rwm") != std::string::npos)
            refuse(map, "the permissions \"" + node.access + "\" are not of r, w, m");
        return node;
    }

    step_mount mount_at(yaml_node const& map) const
    {
        auto const target = path_of(map, "containerPath");
        auto const type = text_of(map, "type");
        auto const options = texts_of(map, "options");
        bool const read_only = std::find(options.begin(), options.end(), "ro") != options.end();
        if (type == "tmpfs")
            return tmpfs_mount{target, 0, 01777, read_only};
        if (!type.empty() && type != "bind" && type != "none")
            refuse(map, "mounts of type \"" + type + "\" are not supported");
        return bind_mount{path_of(map, "hostPath"), target, read_only};
    }

    device_edits edits_of(yaml_node const& owner) const
    {
        device_edits edits;
        auto const* map = find(owner, "containerEdits");
        if (map == nullptr)
            return edits;
        constexpr std::array<std::string_view, 4> known{"env", "deviceNodes", "mounts", "additionalGids"};
        for (auto const& [key, value] : map_at(*map).entries)
            if (std::find(known.begin(), known.end(), key->text) == known.end()
                && !(value->is_null() || (value->kind == yaml_kind::list && value->items.empty())))
                edits.refused = key->text;
        edits.env = texts_of(*map, "env");
        for (auto const& entry : edits.env)
            if (entry.find('=') == std::string::npos || entry.starts_with('='))
                refuse(*map, "\"" + entry + "\" is not NAME=VALUE");
        for (auto const& node : list_of(*map, "deviceNodes"))
            edits.nodes.push_back(node_at(map_at(*node)));
        for (auto const& mount : list_of(*map, "mounts"))
            edits.mounts.push_back(mount_at(map_at(*mount)));
        for (auto const& group : list_of(*map, "additionalGids"))
            edits.groups.push_back(number_at(*group));
        return edits;
    }

    std::string name_;
};

ACRX_DECL device_file read_device_file(std::filesystem::path const& path)
{
    constexpr std::uint64_t limit = std::uint64_t{16} << 20;
    return device_file_reader(path.string()).read(read_file(path, limit));
}
}  // namespace acrx::detail
#endif
