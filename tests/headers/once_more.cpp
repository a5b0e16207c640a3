// The other of two units that include all of acrx, header-only.
#include <acrx/acrx.hpp>

acrx::digest other_digest(std::string_view text);

acrx::digest other_digest(std::string_view text)
{
    return acrx::digest_of(text);
}
