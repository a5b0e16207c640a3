// Runs a fuzz target on files and folders of files, for compilers without libFuzzer. Usage: fuzz_TARGET PATH...
#include "target.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {
std::size_t run(std::filesystem::path const& path)
{
    if (std::filesystem::is_directory(path)) {
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::directory_iterator(path))
            count += run(entry.path());
        return count;
    }
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    auto const text = bytes.str();
    std::cerr << path.string() << '\n';  // the last line names what ended the program
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(text.data()), text.size());
    return 1;
}
}  // namespace

int main(int count, char** words)
{
    std::size_t inputs = 0;
    for (int i = 1; i < count; ++i)
        inputs += run(words[i]);
    std::cerr << inputs << " inputs\n";
    return inputs == 0 ? 1 : 0;  // a corpus that is not found is a failure
}
