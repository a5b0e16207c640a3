#include <acrx/snapshot/detail/tar_writer.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(snapshot_tar_writer)

std::string header_of(layer_entry const& entry)
{
    std::string header;
    detail::append_tar_header(entry, header);
    BOOST_TEST(header.size() == detail::tar_header_size(entry));
    return header;
}

BOOST_AUTO_TEST_CASE(a_size_of_8_gib_takes_a_pax_record)
{
    layer_entry entry;
    entry.path = "large";
    entry.size = (std::uint64_t(1) << 33U) - 1;
    auto const ustar = header_of(entry);
    BOOST_TEST(ustar.size() == 512U);
    BOOST_TEST(ustar.substr(124, 12) == std::string("77777777777\0", 12));
    entry.size += 1;
    auto const pax = header_of(entry);
    BOOST_TEST(pax.size() == 1536U);
    BOOST_TEST(pax[156] == 'x');
    BOOST_TEST(pax.substr(512, 20) == std::string("19 size=8589934592\n\0", 20));
    BOOST_TEST(pax[1024 + 156] == '0');
}

BOOST_AUTO_TEST_CASE(the_size_foretold_is_the_size_written)
{
    for (std::size_t length = 1; length < 300; ++length) {
        for (auto type = entry_type::regular; type <= entry_type::opaque;
             type = static_cast<entry_type>(static_cast<int>(type) + 1)) {
            layer_entry entry;
            entry.path = std::string(length, 'p');
            if (length > 160)
                entry.path[length / 2] = '/';
            entry.type = type;
            if (type == entry_type::symbolic_link)
                entry.link = std::string(length, 'l');
            BOOST_TEST(header_of(entry).size() % 512 == 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_size_foretold_counts_fractions_and_attributes)
{
    for (std::int64_t const nanoseconds : {0L, 1L, 10L, 500'000'000L, 1'700'000'000'000'000'000L, 1'700'000'000'123'456'789L, -1L, -1'500'000'000L})
        for (std::size_t const length : {0U, 1U, 9U, 80U, 81U, 90U, 990U}) {
            layer_entry entry;
            entry.path = "file";
            entry.mtime = time_point(std::chrono::nanoseconds(nanoseconds));
            entry.xattrs = {{"user.a", std::string(length, 'v')}};
            BOOST_TEST(header_of(entry).size() % 512 == 0U);
        }
}

BOOST_AUTO_TEST_CASE(facts_differ_wherever_headers_do)
{
    auto const facts_of = [](layer_entry const& entry) {
        std::string facts;
        detail::append_header_facts(entry, facts);
        return facts;
    };
    layer_entry plain;
    plain.path = "a";
    plain.size = 1;
    std::vector<layer_entry> others(12, plain);
    others[1].path = "b";
    others[2].type = entry_type::fifo;
    others[3].mode = 0644;
    others[4].uid = 1;
    others[5].gid = 1;
    others[6].mtime = time_point(std::chrono::nanoseconds(1));
    others[7].size = 2;
    others[8].link = "a";
    others[9].device_major = 1;
    others[10].device_minor = 1;
    others[11].xattrs = {{"user.a", "b"}};
    std::set<std::string> facts;
    for (auto const& entry : others)
        BOOST_TEST(facts.insert(facts_of(entry)).second);
    layer_entry longer = plain;  // one text must not flow into the next
    longer.path = "";
    longer.link = "a";
    BOOST_TEST(!facts.contains(facts_of(longer)));
}
BOOST_AUTO_TEST_SUITE_END()
