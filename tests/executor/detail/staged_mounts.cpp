#include <acrx/executor/detail/staged_mounts.hpp>
#include <boost/test/unit_test.hpp>

#include <acrx/core/error.hpp>
#include <support/scratch_folder.hpp>

#include <sys/mount.h>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_detail_staged_mounts)
using kind = detail::mount_entry::kind;

struct staged
{
    explicit staged(std::vector<step_mount> mounts)
    {
        step_spec spec;
        spec.mounts = std::move(mounts);
        result = detail::stage_mounts(spec, folder.path());
    }
    std::string at(std::string const& name) const { return (folder / name).string(); }

    testing::scratch_folder folder;
    detail::staged_mounts result;
};

BOOST_AUTO_TEST_CASE(plain_binds_and_memory_need_nothing_outside)
{
    staged const s({bind_mount{"/dev/null", "/f"}, bind_mount{"/tmp", "/d", false}, tmpfs_mount{"/t", 4096, 0700},
                    tmpfs_mount{"/u"}});
    BOOST_TEST(s.result.outside.empty());
    BOOST_REQUIRE_EQUAL(s.result.inside.size(), 4u);
    BOOST_TEST((s.result.inside[0].what == kind::bind_file));
    BOOST_TEST((s.result.inside[0].flags & MS_RDONLY) != 0u);
    BOOST_TEST((s.result.inside[1].what == kind::bind_folder));
    BOOST_TEST((s.result.inside[1].flags & MS_RDONLY) == 0u);
    BOOST_TEST(s.result.inside[2].options == "mode=700,size=4096");
    BOOST_TEST(s.result.inside[3].options == "mode=1777");
}

BOOST_AUTO_TEST_CASE(a_part_is_found_outside)
{
    staged const s({bind_mount{"/usr", "/x", true, "bin"}});
    BOOST_REQUIRE_EQUAL(s.result.outside.size(), 1u);
    BOOST_TEST(s.result.outside[0].source == "/usr");
    BOOST_TEST(s.result.outside[0].part == "bin");
    BOOST_TEST(s.result.outside[0].target == s.at("mounts/0"));
    BOOST_TEST(s.result.inside[0].source == s.at("mounts/0"));
    BOOST_TEST(std::filesystem::is_directory(s.at("mounts/0")));
}

BOOST_AUTO_TEST_CASE(a_stack_is_named_by_descriptors)
{
    overlay_mount mount{.stack = {{"/a", "/b"}, "/u", "/w"}, .target = "/x", .read_only = false, .part = "f", .is_file = true};
    staged const s({mount});
    BOOST_REQUIRE_EQUAL(s.result.outside.size(), 2u);
    BOOST_TEST(s.result.outside[0].options == "lowerdir=64:65,upperdir=66,workdir=67,metacopy=off");
    BOOST_TEST((s.result.outside[0].folders == std::vector<std::string>{"/a", "/b", "/u", "/w"}));
    BOOST_TEST(s.result.outside[1].source == s.at("mounts/0"));
    BOOST_TEST((s.result.inside[0].what == kind::bind_file));
    BOOST_TEST((s.result.inside[0].flags & MS_RDONLY) == 0u);
    BOOST_TEST(std::filesystem::is_regular_file(s.at("mounts/1")));
}

BOOST_AUTO_TEST_CASE(one_folder_alone_is_no_overlay)
{
    staged const s({overlay_mount{.stack = {{"/usr"}, {}, {}}, .target = "/x", .read_only = false}});
    BOOST_TEST(s.result.outside.empty());
    BOOST_TEST(s.result.inside[0].source == "/usr");
    BOOST_TEST((s.result.inside[0].flags & MS_RDONLY) != 0u);  // nothing takes the changes
    BOOST_CHECK_THROW(staged({overlay_mount{.stack = {}, .target = "/x"}}), error);
}

BOOST_AUTO_TEST_CASE(files_share_one_memory_filesystem)
{
    staged const s({memory_file{"one", "/a", 0400, 1, 2}, memory_file{"two", "/b"}});
    BOOST_REQUIRE_EQUAL(s.result.outside.size(), 3u);
    BOOST_TEST((s.result.outside[0].what == kind::filesystem));
    BOOST_TEST((s.result.outside[1].what == kind::file));
    BOOST_TEST(s.result.outside[1].source == "one");
    BOOST_TEST(s.result.outside[1].uid == 1u);
    BOOST_TEST(s.result.outside[1].gid == 2u);
    BOOST_TEST(s.result.outside[1].mode == 0400u);
    BOOST_TEST(s.result.inside[1].source == s.at("memory/1"));
    BOOST_TEST(std::filesystem::is_empty(s.at("memory")));  // the bytes are not on disk
}
BOOST_AUTO_TEST_SUITE_END()
