// Image references: registry host, repository, tag and digest.
#ifndef ACRX_IMAGE_REFERENCE_HPP
#define ACRX_IMAGE_REFERENCE_HPP

#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <string>
#include <string_view>

namespace acrx {
/// `domain/path[:tag][@digest]`, in the normal form: docker.io/library/alpine:3.20.
struct reference
{
    std::string domain;  ///< host, or host:port
    std::string path;    ///< the repository on that host
    std::string tag;     ///< empty if only a digest was given
    acrx::digest digest; ///< decides where both are given

    bool operator==(reference const&) const = default;
    /// What goes into a manifest URL: the digest if there is one, else the tag.
    std::string_view tag_or_digest() const noexcept { return digest.empty() ? std::string_view(tag) : digest.str(); }
};

/// Reads a reference with Docker's defaults: `ubuntu` is docker.io/library/ubuntu:latest.
/// @throws error (`errc::syntax`), its text naming what is wrong ("must be lowercase")
ACRX_DECL reference parse_reference(std::string_view text);
/// The same repository, and an image in it that has no tag there.
inline reference by_digest(reference name, acrx::digest id)
{
    name.tag.clear();
    name.digest = std::move(id);
    return name;
}
/// The normal form, in full: `docker.io/library/ubuntu:latest`.
ACRX_DECL std::string to_string(reference const& r);
/// The short form that people write: `ubuntu`, `user/app:1`; the tag `latest` is left out.
ACRX_DECL std::string familiar(reference const& r);
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/image/impl/reference.ipp>
#endif
#endif
