// Bodies of build/parse_shared_cache.hpp.
#ifndef ACRX_BUILD_IMPL_PARSE_SHARED_CACHE_IPP
#define ACRX_BUILD_IMPL_PARSE_SHARED_CACHE_IPP
#include <acrx/build/parse_output.hpp>
#include <acrx/build/parse_shared_cache.hpp>
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/csv.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/dockerfile/wording.hpp>

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// Reads one of the two options.
class cache_option_reader
{
public:
    /// @param option  `--cache-from` or `--cache-to`
    cache_option_reader(std::string_view option, std::string const& given, place_lookup const& place)
        : option_(option), given_(given), place_(place), is_target_(option == "--cache-to")
    {}

    shared_cache read()
    {
        auto const fields = split();
        if (fields.size() == 1 && fields.front().find('=') == std::string::npos)
            return {.name = reference_of(fields.front())};
        for (auto const& field : fields)
            take(field);
        return finish();
    }

private:
    [[noreturn]] void refuse(std::string const& why) const
    {
        throw error(errc::invalid_argument, std::string(option_) + " '" + given_ + "': " + why,
                    is_target_ ? "Write type=registry,ref=REF or type=local,dest=DIR, with mode=max for all steps, or type=inline."
                               : "Write type=registry,ref=REF or type=local,src=DIR.");
    }

    std::vector<std::string> split() const
    {
        if (given_.empty())
            refuse("it is empty");
        try {
            return dockerfile::split_csv(given_);
        } catch (dockerfile::parse_error const& e) {
            refuse(e.text());
        }
    }

    reference reference_of(std::string const& text) const
    {
        reference name;
        try {
            name = parse_reference(text);
        } catch (error const& e) {
            refuse(e.text());
        }
        if (is_target_ && !name.digest.empty())
            refuse("a cache cannot be saved under a digest");
        return name;
    }

    bool boolean(std::string const& key, std::string const& value) const
    {
        for (auto const* yes : {"1", "t", "T", "true", "TRUE", "True"})
            if (value == yes)
                return true;
        for (auto const* no : {"0", "f", "F", "false", "FALSE", "False"})
            if (value == no)
                return false;
        refuse("invalid boolean '" + value + "' of " + key);
    }

    void take_mode(std::string const& value)
    {
        if (value != "min" && value != "max")
            refuse("unknown mode '" + value + "', it is min or max");
        all_steps_ = value == "max";
    }

    void take_media_types(std::string const& value) const
    {
        if (!boolean("oci-mediatypes", value))
            refuse("oci-mediatypes=false is not supported yet");
    }

    void take(std::string const& field)
    {
        auto const equals = field.find('=');
        if (equals == std::string::npos)
            refuse("invalid field '" + field + "' must be a key=value pair");
        auto const key = ascii_lower(field.substr(0, equals));
        auto const value = field.substr(equals + 1);
        if (key == "type")
            type_ = value;
        else if (key == "ref")
            name_ = value;
        else if (key == "tag")
            tag_ = value;
        else if (key == (is_target_ ? "dest" : "src"))
            folder_ = value;
        else if (is_target_ && key == "mode")
            take_mode(value);
        else if (is_target_ && key == "ignore-error")
            boolean(key, value);  // errors of a cache never concern the build
        else if (is_target_ && key == "image-manifest")
            form_ = boolean(key, value) ? cache_form::manifest : cache_form::index;
        else if (is_target_ && key == "oci-mediatypes")
            take_media_types(value);
        else if (is_target_ && key == "compression")
            compression_ = value;
        else if (is_target_ && key == "compression-level")
            level_ = value;
        else if (is_target_ && key == "force-compression")
            boolean(key, value);  // every step is saved as `compression` says, whoever made it
        else if (!is_target_ && key == "digest")
            digest_ = value;
        else
            refuse("unexpected key '" + key + "' in '" + field + "'");
    }

    std::optional<layer_format> layers() const
    {
        if (compression_.empty() && level_.empty())
            return std::nullopt;
        if (compression_ == "estargz")
            refuse("estargz layers are others than those that the steps behind them are known by: write gzip or zstd");
        try {
            return parse_layer_format("--cache-to", compression_.empty() ? "gzip" : compression_,
                                      level_.empty() ? std::nullopt : std::optional<std::string_view>(level_));
        } catch (option_error const& e) {
            refuse(e.text());
        }
    }

    shared_cache finish() const
    {
        if (type_ == "registry") {
            if (name_.empty())
                refuse("ref is missing");
            if (!folder_.empty() || !tag_.empty())
                refuse("a cache in a registry has only a ref");
            if (!digest_.empty())
                refuse("a digest in a registry is part of the ref: ref=REF@DIGEST");
            return {.name = reference_of(name_), .folder = {}, .all_steps = all_steps_, .form = form_, .layers = layers()};
        }
        if (type_ == "local") {
            if (folder_.empty())
                refuse(is_target_ ? "dest is missing" : "src is missing");
            if (!name_.empty())
                refuse("a cache in a folder has no ref");
            if (!digest_.empty() && !tag_.empty())
                refuse("it has a tag and a digest");
            return {.name = reference_of("localhost/cache"
                                         + (!digest_.empty() ? "@" + digest_ : ":" + (tag_.empty() ? "latest" : tag_))),
                    .folder = std::filesystem::absolute(place_(folder_)),
                    .all_steps = all_steps_,
                    .form = form_,
                    .layers = layers()};
        }
        if (type_ == "inline")
            return finish_inline();
        for (auto const* other : {"gha", "s3", "azblob"})
            if (type_ == other)
                refuse("caches of type " + type_ + " are not supported yet");
        refuse(type_.empty() ? "type is missing" : "unknown type '" + type_ + "'");
    }

    shared_cache finish_inline() const
    {
        if (!is_target_)
            refuse("an inline cache is found by type=registry with the ref of the image");
        if (all_steps_)
            refuse("an inline cache has mode=min only");
        if (!compression_.empty() || !level_.empty())
            refuse("an inline cache is stored as the image is: say it with --compression or --output");
        if (!name_.empty() || !folder_.empty() || !tag_.empty())
            refuse("an inline cache is in the image itself: it has neither ref nor dest");
        return {.name = {}, .is_inline = true};
    }

    std::string_view option_;
    std::string const& given_;
    place_lookup const& place_;
    bool is_target_;
    bool all_steps_ = false;
    cache_form form_ = cache_form::manifest;
    std::string type_;
    std::string name_;
    std::string tag_;
    std::string folder_;
    std::string digest_;
    std::string compression_;
    std::string level_;
};
}  // namespace detail

ACRX_DECL shared_cache parse_cache_source(std::string const& given, place_lookup const& place)
{
    return detail::cache_option_reader("--cache-from", given, place).read();
}

ACRX_DECL shared_cache parse_cache_target(std::string const& given, place_lookup const& place)
{
    return detail::cache_option_reader("--cache-to", given, place).read();
}
}  // namespace acrx
#endif
