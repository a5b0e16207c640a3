// Bodies of registry/challenge.hpp.
#ifndef ACRX_REGISTRY_IMPL_CHALLENGE_IPP
#define ACRX_REGISTRY_IMPL_CHALLENGE_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/registry/challenge.hpp>

#include <algorithm>
#include <utility>

namespace acrx {
namespace detail {
/// Reads one field value from left to right.
class challenge_reader
{
public:
    explicit challenge_reader(std::string_view text) : rest_(text) {}

    std::vector<auth_challenge> read()
    {
        std::vector<auth_challenge> found;
        while (skip(" \t,"), !rest_.empty()) {
            auto word = ascii_lower(token());
            if (word.empty()) {
                rest_.remove_prefix(1);  // not a character of any token: step over it
                continue;
            }
            auto const after = rest_;
            skip(" \t");
            auto const is_parameter = !found.empty() && rest_.starts_with('=') && !is_padding();
            if (is_parameter)
                found.back().parameters[word] = value();
            else
                rest_ = after, begin(found, std::move(word));
        }
        return found;
    }

private:
    void skip(std::string_view any)
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(any), rest_.size()));
    }

    std::string_view token()
    {
        auto const length = std::min(rest_.find_first_of(" \t,;=\"\\()<>@[]{}?"), rest_.size());
        auto const word = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return word;
    }

    /// `==` at the end of a token68, as in `Negotiate YWJj==`.
    bool is_padding() const { return rest_.starts_with("=="); }

    void begin(std::vector<auth_challenge>& found, std::string scheme)
    {
        auto const spaced = rest_.starts_with(' ') || rest_.starts_with('\t');
        found.push_back({std::move(scheme), {}});
        if (spaced)
            skip_token68();
        else
            skip("=");
    }

    /// A scheme may be followed by one opaque word instead of parameters.
    void skip_token68()
    {
        auto const before = rest_;
        skip(" \t");
        token();
        auto const padding = rest_.find_first_not_of('=');
        auto const end = std::min(padding, rest_.size());
        auto const ends = end == rest_.size() || rest_[end] == ',';
        auto const is_opaque = ends && (end != 1 || rest_.size() == 1 || rest_[end] == ',');
        if (is_opaque)
            rest_.remove_prefix(end);
        else
            rest_ = before;
    }

    std::string value()
    {
        rest_.remove_prefix(1);
        skip(" \t");
        if (!rest_.starts_with('"')) {
            auto const length = std::min(rest_.find_first_of(" \t,"), rest_.size());
            std::string word(rest_.substr(0, length));
            rest_.remove_prefix(length);
            return word;
        }
        rest_.remove_prefix(1);
        std::string text;
        while (!rest_.empty() && rest_.front() != '"') {
            if (rest_.front() == '\\' && rest_.size() > 1)
                rest_.remove_prefix(1);
            text += rest_.front();
            rest_.remove_prefix(1);
        }
        if (!rest_.empty())
            rest_.remove_prefix(1);
        return text;
    }

    std::string_view rest_;
};
}  // namespace detail

ACRX_DECL std::string auth_challenge::get(std::string const& name) const
{
    auto const found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
}

ACRX_DECL std::vector<auth_challenge> parse_challenges(std::vector<std::string> const& fields)
{
    std::vector<auth_challenge> all;
    for (auto const& field : fields)
        for (auto& challenge : detail::challenge_reader(field).read())
            all.push_back(std::move(challenge));
    return all;
}

ACRX_DECL std::optional<auth_challenge> choose_challenge(std::vector<auth_challenge> const& challenges)
{
    for (auto const& challenge : challenges)
        if (challenge.scheme == "bearer" && !challenge.get("realm").empty())
            return challenge;
    for (auto const& challenge : challenges)
        if (challenge.scheme == "basic")
            return challenge;
    return std::nullopt;
}
}  // namespace acrx
#endif
