// Reads a text as a build context's location and as a source of ADD; nothing that is shown holds the password.
#include "target.hpp"

#include <acrx/context/location.hpp>

#include <variant>

using namespace acrx;
using fuzz::accepts;
using fuzz::ensure;

namespace {
void check_shown(git_location const& where, std::string const& shown)
{
    auto const colon = where.user_info.find(':');
    auto const password = colon == std::string::npos ? "" : where.user_info.substr(colon + 1);
    // A short one may stand in the address by chance.
    if (password.size() > 3 && (where.remote + where.ref + where.folder + where.commit).find(password) == std::string::npos)
        ensure(shown.find(password) == std::string::npos, "a password is not shown");
}
}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const text = fuzz::text_of(data, size);
    accepts([&] {
        auto const where = parse_location(text);
        auto const shown = redacted(where);
        if (auto const* git = std::get_if<git_location>(&where)) {
            check_shown(*git, shown);
            ensure(git->remote.empty() || git->remote.front() != '-', "git does not take the address for an option");
        }
        // User info is not shown, and a query may name what no fragment can.
        if (!std::holds_alternative<local_location>(where) && text.find_first_of("@?") == text.npos)
            ensure(redacted(parse_location(shown)) == shown, "what is shown can be read as a location");
    });
    accepts([&] { parse_git_source(text); });
    ensure(hide_user_info(hide_user_info(text)) == hide_user_info(text), "hiding twice is hiding once");
    return 0;
}
