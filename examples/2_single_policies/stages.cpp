// Lists the stages of a Dockerfile and what they start from. Usage: stages DOCKERFILE
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/parse_error.hpp>
#include <acrx/io/files.hpp>

#include <iostream>

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: stages DOCKERFILE");
    auto const text = acrx::read_file(argv[1], 1 << 20);
    try {
        for (auto const& stage : acrx::dockerfile::parse_file(text).stages)
            std::cout << stage.where.first_line << ": " << stage.base << ' ' << stage.name << '\n';
        return 0;
    } catch (acrx::dockerfile::parse_error const& e) {
        std::cerr << e.text() << '\n' << render_snippet(argv[1], text, e.where());
        return 1;
    }
} catch (std::exception const& e) {
    std::cerr << "stages: " << e.what() << '\n';
    return 1;
}
