// Bodies of context/fetch_url.hpp.
#ifndef ACRX_CONTEXT_IMPL_FETCH_URL_IPP
#define ACRX_CONTEXT_IMPL_FETCH_URL_IPP
#include <acrx/context/detail/download.hpp>
#include <acrx/context/detail/http_date.hpp>
#include <acrx/context/fetch_url.hpp>
#include <acrx/core/error.hpp>
#include <acrx/io/arriving_file.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

namespace acrx {
namespace detail {
/// A digest by an algorithm that is not our own.
class checksum
{
public:
    explicit checksum(std::string_view algorithm) : algorithm_(algorithm), context_(::EVP_MD_CTX_new(), &::EVP_MD_CTX_free)
    {
        auto const* type = algorithm == "sha512" ? ::EVP_sha512() : ::EVP_sha384();
        ::EVP_DigestInit_ex(context_.get(), type, nullptr);
    }
    void update(std::span<std::byte const> bytes) { ::EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string finish()
    {
        std::vector<std::byte> bytes(EVP_MAX_MD_SIZE);
        unsigned size = 0;
        ::EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size);
        return algorithm_ + ":" + to_hex(std::span(bytes).first(size));
    }

private:
    std::string algorithm_;
    std::unique_ptr<::EVP_MD_CTX, void (*)(::EVP_MD_CTX*)> context_;
};

inline net::awaitable<downloaded_file> fetch_url_once(http_client client, url_request const& wanted,
                                                      std::filesystem::path file)
{
    http_request request;
    request.target = parse_url(wanted.url.substr(0, wanted.url.find('#')));
    request.headers = wanted.headers;
    if (!wanted.known_tag.empty())
        request.headers.set("If-None-Match", wanted.known_tag);
    auto const name = redacted(request.target);
    auto answer = co_await client.open_following(request);
    downloaded_file result;
    result.entity_tag = answer.head().headers.get("ETag");
    result.is_unchanged = answer.head().status == 304 && !wanted.known_tag.empty();
    if (result.is_unchanged)
        co_return result;
    answer = co_await check_download(std::move(answer), name);
    result.modified = parse_http_date(answer.head().headers.get("Last-Modified"));

    arriving_file out(file);
    sha256 hash;
    bool const is_other = !wanted.checksum.empty() && wanted.checksum.algorithm() != "sha256";
    checksum other(wanted.checksum.algorithm());
    byte_sink sink = [&](std::span<std::byte const> bytes) -> net::awaitable<void> {
        out.write(bytes);
        hash.update(bytes);
        if (is_other)
            other.update(bytes);
        result.size += bytes.size();
        co_return;
    };
    co_await answer.read(std::move(sink));
    result.digest = hash.finish();
    auto const got = is_other ? other.finish() : result.digest.str();
    if (!wanted.checksum.empty() && got != wanted.checksum.str())
        throw error(errc::digest_mismatch,
                    "downloading " + name + ": expected " + wanted.checksum.str() + ", got " + got);
    out.keep(durability::cached);
    co_return result;
}
}  // namespace detail

ACRX_DECL net::awaitable<downloaded_file> fetch_url(http_client client, url_request request, std::filesystem::path file)
{
    std::function<net::awaitable<downloaded_file>()> once = [&] { return detail::fetch_url_once(client, request, file); };
    auto result = co_await detail::with_retries(std::move(once), request.tries, request.pause);
    co_return result;
}

ACRX_DECL std::optional<std::string> file_name_of_url(std::string_view url)
{
    auto path = url.substr(0, url.find_first_of("?#"));
    auto const scheme = path.find("://");
    if (scheme != std::string_view::npos)
        path.remove_prefix(scheme + 3);
    auto const slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    auto name = percent_decode(path.substr(slash + 1));
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos || name.find('\0') != std::string::npos)
        return std::nullopt;
    return name;
}
}  // namespace acrx
#endif
