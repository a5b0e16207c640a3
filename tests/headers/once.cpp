// One of two units that include all of acrx, header-only.
#include <acrx/acrx.hpp>

#include <iostream>

acrx::digest other_digest(std::string_view text);

int main()
{
    bool const same = acrx::digest_of("acrx") == other_digest("acrx");
    std::cout << (same ? "one definition\n" : "the two units differ\n");
    return same ? 0 : 1;
}
