// Prints the full form of an image reference. Usage: consumer REFERENCE
#if defined(USES_ALL_OF_ACRX)
#include <acrx/acrx.hpp>
#else
#include <acrx/core.hpp>
#include <acrx/image.hpp>
#endif

#include <iostream>

int main(int, char** argv)
try {
    std::cout << acrx::to_string(acrx::parse_reference(argv[1])) << '\n';
    return 0;
} catch (acrx::error const& e) {
    std::cerr << "consumer: " << e.what() << '\n';
    return 1;
}
