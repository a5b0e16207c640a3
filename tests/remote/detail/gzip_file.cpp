#include <acrx/remote/detail/gzip_file.hpp>

#include <support/scratch_folder.hpp>

#include <acrx/io/decompressor.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(remote_detail_gzip_file)

BOOST_AUTO_TEST_CASE(holds_what_the_source_gave)
{
    acrx::testing::scratch_folder folder;
    for (std::size_t const size : {0, 1, 1'000'000, 3'000'001}) {
        std::string text(size, '\0');
        for (std::size_t i = 0; i < size; ++i)
            text[i] = static_cast<char>(i * i >> 8);
        auto const plain = folder.write("plain", text);
        detail::write_gzip_file(read_in_pieces(plain), folder / "packed", {});
        decompressor unpacked(read_in_pieces(folder / "packed"), "packed");
        std::vector<std::byte> back(size + 1);
        auto const got = unpacked.read(back);
        BOOST_TEST(got == size);
        BOOST_TEST((std::string(reinterpret_cast<char const*>(back.data()), got) == text));
    }
}
BOOST_AUTO_TEST_SUITE_END()
