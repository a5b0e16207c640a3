// Packs a folder as one image layer and prints its digests. Usage: pack_folder FOLDER LAYER
#include <acrx/context/context_files.hpp>
#include <acrx/snapshot/pack_layer.hpp>

#include <iostream>

int main(int argc, char** argv)
try {
    if (argc != 3)
        throw std::invalid_argument("usage: pack_folder FOLDER LAYER");
    acrx::context_files const files(std::filesystem::canonical(argv[1]), {});
    std::vector<acrx::layer_item> items;
    for (auto& file : files.below(""))
        items.push_back(std::move(file.item));
    auto const written = acrx::pack_layer(items, argv[2], {});
    std::cout << written.layer.blob.digest.str() << '\n' << written.layer.diff_id.str() << '\n';
    return 0;
} catch (std::exception const& e) {
    std::cerr << "pack_folder: " << e.what() << '\n';
    return 1;
}
