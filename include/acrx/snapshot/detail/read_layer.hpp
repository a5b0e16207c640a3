// Reads the archive of a layer as entries: names cleaned, whiteouts understood, what cannot be refused.
#ifndef ACRX_SNAPSHOT_DETAIL_READ_LAYER_HPP
#define ACRX_SNAPSHOT_DETAIL_READ_LAYER_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>
#include <acrx/io/archive_reader.hpp>
#include <acrx/snapshot/layer_entry.hpp>
#include <acrx/snapshot/layer_index.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acrx::detail {
/// Without `.`, empty parts and slashes at the ends; `..` resolved. Nothing if it leaves the root.
ACRX_DECL std::optional<std::string> clean_path(std::string_view path);
inline std::string_view folder_of(std::string_view path)
{
    auto const slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}
inline std::string_view name_of(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}
/// The entry as a layer has it, its path not yet cleaned; whiteout names stay names.
ACRX_DECL layer_entry to_layer_entry(archive_entry_info const& from);

/// One entry, and how it meets those before it.
struct met_entry
{
    layer_entry entry;
    bool is_repeated = false;  ///< an entry before it, or a folder above one, had this path
};

/// Whether the contents of files are hashed as they pass.
enum class content_sums
{
    skip,
    all,
};

/// Iterates over a layer and collects its index. Paths that lead through a symbolic link of the same layer are spelled
/// out, inside the root, so that nobody has to follow a link.
class layer_reader
{
public:
    /// @param archive  plain bytes
    /// @param sums     `skip` where nobody takes the index
    ACRX_DECL layer_reader(byte_source archive, std::string name, content_sums sums = content_sums::all);

    /// The next entry; null at the end. Valid until the next call.
    /// @throws error (`errc::damaged`) naming the entry that no layer may have
    ACRX_DECL met_entry const* next();
    /// The content of the entry, as `archive_reader::content`.
    ACRX_DECL std::optional<content_piece> content();
    /// The whole content, if the index keeps it. To be asked before `content`.
    ACRX_DECL std::optional<std::string> kept_content();
    /// Reads to the end of the stream. @return its bytes
    std::uint64_t drain() { return archive_.drain(); }
    /// The index of all that was read; to be called once.
    ACRX_DECL layer_index take_index();

private:
    static constexpr std::uint64_t keep_limit = 1024 * 1024;
    struct known
    {
        entry_type type;
        std::string link;
    };
    [[noreturn]] ACRX_DECL void fail(std::string const& entry, std::string const& why) const;
    ACRX_DECL std::string clean(std::string const& path) const;
    ACRX_DECL std::string spell_out(std::string path) const;
    ACRX_DECL bool take_whiteout();
    ACRX_DECL void add();
    ACRX_DECL void add_parents(std::string const& path);
    ACRX_DECL void settle_whiteouts();
    ACRX_DECL void forget_below(std::string const& path);
    ACRX_DECL void sum(content_piece const& piece);
    ACRX_DECL void end_content();

    archive_reader archive_;
    std::string name_;
    met_entry current_;
    std::unordered_map<std::string, known> paths_;  ///< of this layer, unlisted parents as folders; no whiteouts
    std::string last_parent_;
    bool has_links_ = false;
    std::vector<layer_entry> entries_;
    std::map<std::string, std::string> kept_;
    content_sums sums_;
    bool is_summing_ = false;   ///< the last of `entries_` is a file whose content is being read
    sha256 content_sum_;
    std::uint64_t summed_ = 0;  ///< bytes of it
};
}  // namespace acrx::detail

#if !defined(ACRX_COMPILED)
#include <acrx/snapshot/impl/read_layer.ipp>
#endif
#endif
