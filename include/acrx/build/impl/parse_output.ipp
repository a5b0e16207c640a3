// Bodies of build/parse_output.hpp.
#ifndef ACRX_BUILD_IMPL_PARSE_OUTPUT_IPP
#define ACRX_BUILD_IMPL_PARSE_OUTPUT_IPP
#include <acrx/build/detail/option_fields.hpp>
#include <acrx/build/parse_annotation.hpp>
#include <acrx/build/parse_output.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace acrx {
namespace detail {
/// Of those that our encoders have.
inline int nearest_level(std::string_view option, compression kind, std::string_view text)
{
    auto const name = std::string(option) + " compression-level";
    if (kind != compression::zstd)
        return std::min(parse_level(name, text, 0, 9), 2);
    auto const given = parse_level(name, text, 0, 22);
    return given == 0 ? 3 : std::min(given, 19);
}

/// Collects the fields of one `--output`.
class output_reader
{
public:
    explicit output_reader(std::string_view whole) : whole_(whole) {}

    build_output read()
    {
        if (whole_.empty())
            throw option_error("--output is empty", advice_);
        auto const fields = csv_fields("--output", whole_);
        if (fields.size() == 1 && fields.front() == whole_ && !whole_.starts_with("type="))
            return short_form();
        for (auto const& field : fields)
            take_type(field);
        if (!has_type_)
            throw option_error(fmt::format("--output '{}' lacks type=KIND", whole_), advice_);
        for (auto const& field : fields)
            take(field);
        finish();
        return std::move(output_);
    }

private:
    using kind = build_output::kind;

    build_output short_form()
    {
        output_.type = whole_ == "-" ? kind::tar : kind::local;
        output_.dest = whole_;
        return std::move(output_);
    }

    static std::pair<std::string, std::string_view> split(std::string_view field)
    {
        auto const equals = std::min(field.find('='), field.size());
        std::string key(without_spaces(field.substr(0, equals)));
        auto const dot = key.find_first_of(".[");  // the key of an annotation keeps its case
        key.replace(0, std::min(dot, key.size()), ascii_lower(std::string_view(key).substr(0, dot)));
        return {std::move(key), without_spaces(field.substr(std::min(equals + 1, field.size())))};
    }

    void take_type(std::string_view field)
    {
        auto const [key, value] = split(field);
        if (key != "type")
            return;
        constexpr std::array<std::pair<std::string_view, kind>, 7> kinds{{{"image", kind::image},
                                                                          {"registry", kind::image},
                                                                          {"oci", kind::oci},
                                                                          {"docker", kind::docker},
                                                                          {"tar", kind::tar},
                                                                          {"local", kind::local},
                                                                          {"cacheonly", kind::none}}};
        auto const* const known = std::find_if(kinds.begin(), kinds.end(), [&, v = value](auto const& k) { return k.first == v; });
        if (known == kinds.end())
            throw option_error(fmt::format("--output type: '{}' is not one of image, registry, oci, docker, tar, local, cacheonly", value));
        output_.type = known->second;
        if (value == "registry")
            output_.push = true;
        has_type_ = true;
    }

    void take(std::string_view field)
    {
        auto const [key, value] = split(field);
        if (key == "type")
            return;
        bool const taken = output_.type == kind::none          ? false
                           : key.starts_with("annotation")     ? take_annotation(key, value)
                           : output_.is_root()                 ? take_of_root(key, value)
                           : output_.type == kind::image       ? take_of_store(key, value) || take_of_image(key, value)
                                                               : take_of_archive(key, value) || take_of_image(key, value);
        if (!taken)
            throw option_error(fmt::format("--output: '{}' is not known for this type", field), advice_);
    }

    bool take_of_root(std::string_view key, std::string_view value)
    {
        if (key == "dest")
            output_.dest = value;
        else if (key == "platform-split")
            output_.platform_split = parse_bool("--output platform-split", value);
        else if (key == "mode" && output_.type == kind::local && (value == "copy" || value == "delete"))
            output_.replaces = value == "delete";
        else
            return false;
        return true;
    }

    /// What only an image in the store, or in registries, has.
    bool take_of_store(std::string_view key, std::string_view value)
    {
        auto const is_true = [&] { return parse_bool("--output " + std::string(key), value); };
        if (key == "push")
            output_.push = is_true();
        else if (key == "push-by-digest")
            output_.push_by_digest = is_true();
        else if (key == "name-canonical")
            output_.is_canonical = is_true();
        else if (key == "dangling-name-prefix")
            output_.dangling_prefix = value;
        else if (key == "registry.insecure")
            output_.is_insecure = is_true();
        else if (key == "unpack" || (key == "store" && is_true()))  // layers are unpacked when a step needs them
            static_cast<void>(is_true());
        else
            return false;
        return true;
    }

    bool take_of_archive(std::string_view key, std::string_view value)
    {
        if (key == "dest")
            output_.dest = value;
        else if (key == "tar" && output_.type == kind::oci)
            output_.as_folder = !parse_bool("--output tar", value);
        else
            return false;
        return true;
    }

    bool take_of_image(std::string_view key, std::string_view value)
    {
        auto const is_true = [&] { return parse_bool("--output " + std::string(key), value); };
        if (key == "name")
            take_names(value);
        else if (key == "compression")
            output_.layers = parse_layer_format("--output", value, std::nullopt);
        else if (key == "compression-level")
            level_ = value;
        else if (key == "force-compression")
            force_ = is_true();
        else if (key == "oci-mediatypes")
            output_.family = is_true() ? image_family::oci : image_family::docker;
        else if (key == "oci-artifact")
            output_.has_artifacts = is_true();
        else if (key == "prefer-nondist-layers")
            output_.keeps_foreign = is_true();
        else if (key == "rewrite-timestamp")
            output_.rewrite_timestamp = is_true();
        else
            return false;
        return true;
    }

    void take_names(std::string_view list)
    {
        while (!list.empty()) {
            auto const end = std::min(list.find(','), list.size());
            if (auto const name = without_spaces(list.substr(0, end)); !name.empty())
                output_.names.emplace_back(name);
            list.remove_prefix(std::min(end + 1, list.size()));
        }
    }

    bool take_annotation(std::string_view key, std::string_view value)
    {
        auto const bracket = key.find(']');  // variants of platforms may hold dots
        auto const dot = key.find('.', bracket == key.npos ? 0 : bracket);
        if (output_.is_root() || dot == std::string_view::npos || dot + 1 == key.size())
            return false;
        auto place = key.substr(std::string_view("annotation").size(), dot - std::string_view("annotation").size());
        if (!place.empty() && place.front() != '-' && place.front() != '[')
            return false;
        place.remove_prefix(place.starts_with('-') ? 1 : 0);
        image_annotations::texts* texts = nullptr;
        try {
            texts = annotations_at(output_.annotations, place);
        } catch (error const& e) {
            throw option_error(fmt::format("--output {}: {}", key, e.text()), e.advice());
        }
        if (texts == nullptr)
            return false;
        texts->insert_or_assign(std::string(key.substr(dot + 1)), std::string(value));
        return true;
    }

    void finish()
    {
        if ((output_.is_root() || output_.is_archive()) && output_.dest.empty())
            throw option_error(fmt::format("--output '{}' lacks dest={}", whole_, output_.type == kind::local ? "FOLDER" : "FILE"),
                              "'-' is standard output.");
        if (output_.is_to_stdout() && (output_.type == kind::local || output_.as_folder))
            throw option_error(fmt::format("--output '{}': a folder cannot go to standard output", whole_));
        if (level_ || force_)
            finish_compression();
        bool const is_docker = output_.family == image_family::docker;
        if (is_docker && output_.layers && (output_.layers->compression == compression::zstd || output_.layers->is_seekable))
            throw option_error(fmt::format("--output '{}': zstd and estargz layers need oci-mediatypes=true", whole_));
    }

    void finish_compression()
    {
        if (!output_.layers)
            output_.layers.emplace();
        auto& layers = *output_.layers;
        layers.also_of_base = force_;
        if (level_)
            layers.level = nearest_level("--output", layers.compression, *level_);
    }

    static constexpr char const* advice_ = "For example type=oci,dest=FILE, type=tar,dest=- or type=local,dest=FOLDER.";
    std::string_view whole_;
    build_output output_;
    bool has_type_ = false;
    bool force_ = false;
    std::optional<std::string> level_;
};
}  // namespace detail

ACRX_DECL build_output parse_output(std::string_view text)
{
    return detail::output_reader(text).read();
}

ACRX_DECL layer_format parse_layer_format(std::string_view option, std::string_view word,
                                          std::optional<std::string_view> level)
{
    layer_format layers;
    if (word == "estargz")
        layers.is_seekable = true;
    else if (word == "zstd")
        layers = {compression::zstd, 3, false, false};
    else if (word == "uncompressed" || word == "none")
        layers.compression = compression::none;
    else if (word != "gzip")
        throw option_error(
            fmt::format("{} compression: '{}' is not one of gzip, estargz, zstd, uncompressed", option, word));
    if (level)
        layers.level = detail::nearest_level(option, layers.compression, *level);
    return layers;
}

ACRX_DECL int parse_level(std::string_view option, std::string_view text, int least, int most)
{
    int level = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), level);
    if (failed != std::errc() || end != text.data() + text.size() || level < least || level > most)
        throw option_error(fmt::format("{}: '{}' is not a number from {} to {}", option, text, least, most));
    return level;
}

ACRX_DECL bool parse_bool(std::string_view option, std::string_view text)
{
    constexpr std::array<std::string_view, 6> yes{"1", "t", "T", "true", "TRUE", "True"};
    constexpr std::array<std::string_view, 6> no{"0", "f", "F", "false", "FALSE", "False"};
    if (std::find(yes.begin(), yes.end(), text) != yes.end())
        return true;
    if (std::find(no.begin(), no.end(), text) != no.end())
        return false;
    throw option_error(fmt::format("{}: '{}' is not true or false", option, text));
}
}  // namespace acrx
#endif
