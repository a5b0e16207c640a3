// A user of this machine for as long as a test needs one, and acrx-quick as that user runs it.
#ifndef ACRX_TESTS_SUPPORT_ORDINARY_USER_HPP
#define ACRX_TESTS_SUPPORT_ORDINARY_USER_HPP

#include <support/foreign_tools.hpp>
#include <support/registry_server.hpp>
#include <support/scratch_folder.hpp>
#include <support/shell.hpp>

#include <boost/test/tree/decorator.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <string>

namespace acrx::testing {
/// Only root makes users.
inline boost::test_tools::assertion_result can_make_users(boost::unit_test::test_unit_id)
{
    boost::test_tools::assertion_result result(::geteuid() == 0 && have("useradd") && have("setpriv")
                                               && have("newuidmap") && have("/bin/busybox"));
    result.message() << "needs root, useradd, setpriv, newuidmap (uidmap) and busybox-static";
    return result;
}

/// Has a folder of its own, which is its home; both are gone afterwards.
class ordinary_user
{
public:
    enum class ids
    {
        many,  ///< 65,536 subordinate ones
        one,
    };

    explicit ordinary_user(ids given = ids::many)
        : name_("acrx-test-" + std::to_string(::getpid()) + "-" + std::to_string(counter()++))
    {
        auto const none = given == ids::one ? " -K SUB_UID_COUNT=0 -K SUB_GID_COUNT=0" : "";
        must("useradd --no-create-home --user-group --home-dir " + home() + none + " " + name_);
        if (given == ids::many && shell("grep -q '^" + name_ + ":' /etc/subuid /etc/subgid").status != 0)
            must("usermod --add-subuids 2000000-2065535 --add-subgids 2000000-2065535 " + name_);
        // Not where the tests were built: that may be closed to other users.
        must("cp " ACRX_QUICK " " + program());
        must("chmod 755 " + home() + " " + program() + " && chown " + name_ + ": " + home());
    }
    ordinary_user(ordinary_user const&) = delete;
    ordinary_user& operator=(ordinary_user const&) = delete;
    ~ordinary_user() { shell("userdel " + name_); }

    std::string const& name() const { return name_; }
    std::string home() const { return folder_.path().string(); }
    std::string program() const { return (folder_ / "acrx-quick").string(); }
    /// Writes a file that the user owns.
    void write(std::string const& path, std::string const& text) const
    {
        folder_.write(path, text);
        must("chown -R " + name_ + ": " + home() + "/" + path.substr(0, path.find('/')));
    }
    /// Runs a command with nothing of our environment.
    /// @param before  words in front, run as root: such as what takes rights away
    shell_result run(std::string const& command, std::string const& before = {}) const
    {
        auto const script = folder_.write("command", command + "\n");
        return shell("cd / && " + before + " setpriv --reuid " + name_ + " --regid " + name_
                     + " --init-groups env -i HOME=" + home() + " USER=" + name_
                     + " PATH=/usr/bin:/bin SOURCE_DATE_EPOCH=1700000000 sh " + script.string());
    }
    shell_result build(std::string const& words, std::string const& before = {}) const
    {
        return run(program() + " build " + words, before);
    }

private:
    static int& counter()
    {
        static int number = 0;
        return number;
    }

    std::string name_;
    scratch_folder folder_;
};

/// A registry with the image `base:1`, whose files have several owners.
class owners_base
{
public:
    owners_base()
    {
        folder_.write("Dockerfile",
                      "FROM scratch\nCOPY busybox /bin/busybox\nCOPY etc /etc\n"
                      "RUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n"
                      "RUN mkdir -m 1777 /tmp && mkdir -p /root /owned/deep /hidden/low && touch /owned/gone /hidden/low/f "
                      "&& echo x > /owned/file && chown -R 1000:1001 /owned && chown 33:42 /owned/deep && chmod 2750 /owned/deep\n"
                      "RUN rm -r /hidden && mkdir /hidden && echo y > /hidden/y && chown 65000:65001 /hidden/y\n");
        folder_.write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:/bin/sh\n");
        folder_.write("etc/group", "root:x:0:\nweb:x:33:app\napp:x:1001:\n");
        must("cp /bin/busybox " + (folder_ / "busybox").string());
        must(as_root("-t " + name() + " " + folder_.path().string()));
    }
    std::string host() const { return registry_.host(); }
    std::string name() const { return host() + "/base:1"; }
    /// The command of a build by root, in a state folder of its own.
    std::string as_root(std::string const& words) const
    {
        return "SOURCE_DATE_EPOCH=1700000000 " ACRX_QUICK " build --home " + (folder_ / "home").string() + " " + words;
    }

private:
    registry_server registry_;
    scratch_folder folder_;
};

/// What follows a word on its line, such as a digest.
inline std::string word_after(std::string const& text, std::string const& word)
{
    auto const at = text.find(word);
    if (at == text.npos)
        return "no " + word + " in\n" + text;
    auto const start = text.find_first_not_of(' ', at + word.size());
    return text.substr(start, text.find_first_of(" \n", start) - start);
}
}  // namespace acrx::testing
#endif
