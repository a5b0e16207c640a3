// The files of a build context that the ignore rules leave, with what a layer needs to know of them.
#ifndef ACRX_CONTEXT_CONTEXT_FILES_HPP
#define ACRX_CONTEXT_CONTEXT_FILES_HPP

#include <acrx/context/ignore_rules.hpp>
#include <acrx/context/stat_index.hpp>
#include <acrx/core/config.hpp>
#include <acrx/io/beneath.hpp>
#include <acrx/snapshot/source_file.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace acrx {
/// Reads a folder where it stands. Owners are 0:0, modes, times, links and attributes are kept, sockets left out.
/// Models `file_tree`. May be used from several threads.
class context_files
{
public:
    /// @param stats  remembers the digests of contents; may be null
    /// @throws error if `root` cannot be opened
    ACRX_DECL context_files(std::filesystem::path root, ignore_rules rules, std::shared_ptr<stat_index> stats = {});

    /// What is at a path, links followed inside the root; nothing if it is missing or left out.
    ACRX_DECL std::optional<source_file> find(std::string_view path) const;
    ACRX_DECL std::vector<source_file> children(std::string_view path) const;
    ACRX_DECL std::vector<source_file> below(std::string_view path) const;

    /// Fills in the content digests of regular files, reading those that are not known yet on all processors.
    /// @throws error if one cannot be read
    ACRX_DECL void hash(std::span<source_file*> files, std::stop_token stop) const;

    std::filesystem::path const& root() const noexcept { return root_.root(); }
    ignore_rules const& rules() const noexcept { return rules_; }

private:
    struct listed;
    ACRX_DECL std::vector<listed> list(std::string const& folder, ignore_verdict verdict) const;
    ACRX_DECL void enter(std::span<listed> files) const;
    ACRX_DECL static std::size_t count(std::span<listed const> files);
    ACRX_DECL static void flatten(std::span<listed> files, std::vector<source_file>& to);
    ACRX_DECL ignore_verdict verdict_on(std::string_view path) const;

    beneath root_;
    ignore_rules rules_;
    std::shared_ptr<stat_index> stats_;
};

/// The ignore rules of a context: those beside the Dockerfile (`NAME.dockerignore`), else `.dockerignore` at the root,
/// after the files of version control that are always left out at the root (a rule with `!` brings them back).
/// @throws error (`errc::syntax`) for a malformed pattern
ACRX_DECL ignore_rules find_ignore_rules(std::filesystem::path const& root, std::filesystem::path const& dockerfile);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/context/impl/context_files.ipp>
#endif
#endif
