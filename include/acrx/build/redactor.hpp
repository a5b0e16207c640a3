// Takes secret values out of a stream of text, also where a value is cut between two pieces.
#ifndef ACRX_BUILD_REDACTOR_HPP
#define ACRX_BUILD_REDACTOR_HPP

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// Replaces each secret by `***`. Holds back only what could be the beginning of a secret.
class redactor
{
public:
    /// @param secrets  empty ones are ignored
    explicit redactor(std::vector<std::string> secrets) : secrets_(std::move(secrets))
    {
        std::erase_if(secrets_, [](auto const& s) { return s.empty(); });
        std::sort(secrets_.begin(), secrets_.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    }

    /// The next piece without secrets.
    std::string feed(std::string_view bytes)
    {
        held_ += bytes;
        for (auto const& secret : secrets_)
            for (std::size_t at = 0; (at = held_.find(secret, at)) != std::string::npos; at += 3)
                held_.replace(at, secret.size(), "***");
        auto const keep = longest_beginning();
        std::string ready = held_.substr(0, held_.size() - keep);
        held_.erase(0, ready.size());
        return ready;
    }
    /// What was held back, at the end of the stream.
    std::string finish() { return std::exchange(held_, {}); }

private:
    /// The length of the longest end of the text that is the beginning of a secret.
    std::size_t longest_beginning() const
    {
        std::size_t longest = 0;
        for (auto const& secret : secrets_)
            for (auto length = std::min(secret.size() - 1, held_.size()); length > longest; --length)
                if (held_.ends_with(std::string_view(secret).substr(0, length)))
                    longest = length;
        return longest;
    }

    std::vector<std::string> secrets_;
    std::string held_;
};
}  // namespace acrx
#endif
