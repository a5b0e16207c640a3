#include <acrx/executor/detail/mount_table.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_mount_table)

std::vector<std::string> targets(std::vector<detail::mount_entry> const& table)
{
    std::vector<std::string> found;
    for (auto const& entry : table)
        found.push_back(entry.target);
    return found;
}

BOOST_AUTO_TEST_CASE(the_filesystems_come_before_the_mounts_of_the_step)
{
    step_spec spec;
    spec.shm_size = 1234;
    auto const table = detail::mount_table(
        spec, {"/h", "/r"}, {{detail::mount_entry::kind::bind_folder, "/b", "/"}, {detail::mount_entry::kind::bind_file, "/dev/pipes/x", "/dev/null"}});
    BOOST_TEST(
        (targets(table)
         == std::vector<std::string>{"/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys", "/sys/fs/cgroup",
                                     "/etc/hosts", "/etc/resolv.conf", "/b", "/dev/pipes/x"}));
    BOOST_TEST(table[3].options == "mode=1777,size=1234");
    BOOST_TEST((table[7].what == detail::mount_entry::kind::bind_file));
    BOOST_TEST((table[7].flags & MS_RDONLY) != 0u);
    BOOST_TEST((table[9].what == detail::mount_entry::kind::bind_folder));
    BOOST_TEST((table[9].flags & MS_RDONLY) == 0u);
}

BOOST_AUTO_TEST_CASE(own_device_nodes_say_all_that_mknod_asks_for)
{
    step_spec spec;
    spec.devices = {{"/dev/disk", "/dev/sdz", 'b', 7, 3, 0600, 1, 2, "rw"}, {"/dev/pipe", {}, 'p'}};
    auto const table = detail::own_devices(spec);
    BOOST_REQUIRE_EQUAL(table.size(), 2u);
    BOOST_TEST((table[0].what == detail::mount_entry::kind::node));
    BOOST_TEST(table[0].target == "/dev/disk");
    BOOST_TEST(table[0].source == "/dev/sdz");
    BOOST_TEST(table[0].mode == (S_IFBLK | 0600u));
    BOOST_TEST(table[0].device == makedev(7, 3));
    BOOST_TEST(table[0].uid == 1u);
    BOOST_TEST(table[0].gid == 2u);
    BOOST_TEST(table[1].mode == (S_IFIFO | 0666u));
}

BOOST_AUTO_TEST_CASE(sys_is_writable_for_the_privileged_only)
{
    step_spec spec;
    BOOST_TEST((detail::mount_table(spec, {})[5].flags & MS_RDONLY) != 0u);
    spec.privileged = true;
    BOOST_TEST((detail::mount_table(spec, {})[5].flags & MS_RDONLY) == 0u);
}

BOOST_AUTO_TEST_CASE(hosts)
{
    step_spec spec;
    spec.extra_hosts = {{"db", "10.0.0.1"}, {"db6", "fe80::1"}};
    BOOST_TEST(detail::hosts_text(spec)
               == "127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n10.0.0.1\tdb\n"
                  "fe80::1\tdb6\n");
}

BOOST_AUTO_TEST_CASE(servers_on_loopback_are_replaced_where_the_network_is_private)
{
    std::string const local = "search x.org\nnameserver 127.0.0.53\noptions edns0";
    BOOST_TEST(detail::resolv_conf_text(local, network_mode::host) == local + "\n");
    auto const replaced = detail::resolv_conf_text(local, network_mode::none);
    BOOST_TEST(replaced.find("127.0.0.53") == std::string::npos);
    BOOST_TEST(replaced.starts_with("search x.org\noptions edns0\nnameserver 8.8.8.8\n"));
    BOOST_TEST(detail::resolv_conf_text("nameserver 10.0.0.1\nnameserver ::1\n", network_mode::none)
               == "nameserver 10.0.0.1\n");
    BOOST_TEST(detail::resolv_conf_text("", network_mode::host).starts_with("nameserver 8.8.8.8\n"));
}
BOOST_AUTO_TEST_SUITE_END()
