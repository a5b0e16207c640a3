#include <acrx/build/software_package.hpp>  // first: proves that the header stands alone

#include <boost/test/unit_test.hpp>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_software_package)

std::string listed(std::map<std::string, std::string> const& files)
{
    std::string text;
    for (auto const& p : packages_in(files))
        text += p.kind + " " + p.name + " " + p.version + (p.architecture.empty() ? "" : " " + p.architecture) + "\n";
    return text;
}

BOOST_AUTO_TEST_CASE(knows_the_files_that_tell_of_packages)
{
    for (auto const* yes : {"var/lib/dpkg/status", "var/lib/dpkg/status.d/base", "lib/apk/db/installed",
                            "usr/lib/apk/db/installed", "app/node_modules/a/package.json", "node_modules/@s/a/package.json",
                            "a/node_modules/b/node_modules/c/package.json", "package-lock.json", "srv/package-lock.json",
                            "usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO",
                            "v/lib/python3.11/site-packages/flask-3.0.dist-info/METADATA", "etc/os-release"})
        BOOST_TEST(tells_of_packages(yes), yes);
    for (auto const* no : {"var/lib/dpkg/status-old", "var/lib/dpkg/status.d/base.md5sums", "package.json",
                           "node_modules/a/lib/package.json", "my_node_modules/a/package.json", "node_modules/@s/package.json",
                           "node_modules/a/package-lock.json", "METADATA", "x/os-release"})
        BOOST_TEST(!tells_of_packages(no), no);
}
BOOST_AUTO_TEST_CASE(reads_the_databases_of_systems)
{
    BOOST_TEST(listed({{"var/lib/dpkg/status",
                        "Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2+b2\nArchitecture: amd64\n"
                        "Description: shell\n more: text\n\n"
                        "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all\n\n"
                        "Package: half\nStatus: install ok half-installed\nVersion: 1\nArchitecture: all\n\n"
                        "Package: tzdata\nStatus: hold ok installed\nVersion: 2024a\nArchitecture: all"}})
               == "deb bash 5.2.15-2+b2 amd64\ndeb tzdata 2024a all\n");
    BOOST_TEST(listed({{"var/lib/dpkg/status.d/libc6", "Package: libc6\nVersion: 2.36\nArchitecture: amd64\n"}})
               == "deb libc6 2.36 amd64\n");
    BOOST_TEST(listed({{"lib/apk/db/installed", "C:Q1x=\nP:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\n\nP:zlib\nV:1.3\nA:x86_64\n\n"}})
               == "apk musl 1.2.5-r0 x86_64\napk zlib 1.3 x86_64\n");
}
BOOST_AUTO_TEST_CASE(reads_what_languages_install)
{
    BOOST_TEST(listed({{"a/node_modules/@s/x/package.json", R"({"name":"@s/x","version":"1.0.0"})"},
                       {"b/node_modules/@s/x/package.json", R"({"name":"@s/x","version":"1.0.0"})"},
                       {"b/node_modules/bad/package.json", "{"},
                       {"b/node_modules/odd/package.json", R"({"name":3,"version":"1"})"},
                       {"l/package-lock.json", R"({"lockfileVersion":3,"packages":{"":{"version":"0"},
                          "node_modules/y":{"version":"2.0.0"},"node_modules/y/node_modules/z":{"version":"3.0.0"}}})"},
                       {"o/package-lock.json", R"({"dependencies":{"p":{"version":"4","dependencies":{"q":{"version":"5"}}}}})"}})
               == "npm @s/x 1.0.0\nnpm p 4\nnpm q 5\nnpm y 2.0.0\nnpm z 3.0.0\n");
    BOOST_TEST(listed({{"s/Flask_Login-0.6.dist-info/METADATA",
                        "Metadata-Version: 2.1\nName: Flask_Login\nVersion: 0.6\n\nName: not this\n"},
                       {"s/none.dist-info/METADATA", "\n"}})
               == "pypi Flask_Login 0.6\n");
}
BOOST_AUTO_TEST_CASE(reads_what_the_system_is)
{
    auto const found = distribution_in({{"usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n"}});
    BOOST_TEST(found.id == "debian");
    BOOST_TEST(found.version == "12");
    BOOST_TEST(distribution_in({}).id == "");
}

BOOST_AUTO_TEST_SUITE_END()
