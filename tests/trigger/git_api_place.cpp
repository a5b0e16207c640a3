// Where the API of a repository is, by its URL.
#include <acrx/trigger/git_api.hpp>

#include <acrx/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <tuple>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(trigger_git_api_place)

BOOST_AUTO_TEST_CASE(finds_the_api_of_a_repository)
{
    struct row
    {
        git_host told;
        char const* repository;
        git_host host;
        char const* base;
        char const* name;
    };
    for (auto const& [told, repository, host, base, name] :
         {row{git_host::automatic, "https://github.com/acme/app.git#main:src", git_host::github, "https://api.github.com", "acme/app"},
          row{git_host::automatic, "git@github.com:acme/app.git", git_host::github, "https://api.github.com", "acme/app"},
          row{git_host::automatic, "https://user:word@github.example.com:8443/acme/app", git_host::github, "https://github.example.com:8443/api/v3", "acme/app"},
          row{git_host::github, "http://127.0.0.1:81/acme/app.git/", git_host::github, "http://127.0.0.1:81/api/v3", "acme/app"},
          row{git_host::automatic, "https://gitlab.com/group/sub/app.git", git_host::gitlab, "https://gitlab.com/api/v4", "group/sub/app"},
          row{git_host::automatic, "ssh://git@gitlab.example.com:2222/group/app.git", git_host::gitlab, "https://gitlab.example.com/api/v4", "group/app"},
          row{git_host::automatic, "https://codeberg.org/acme/app.git", git_host::gitea, "https://codeberg.org/api/v1", "acme/app"},
          row{git_host::gitea, "https://git.example.com/acme/app", git_host::gitea, "https://git.example.com/api/v1", "acme/app"},
          row{git_host::automatic, "https://acme@bitbucket.org/acme/app.git", git_host::bitbucket, "https://api.bitbucket.org/2.0", "acme/app"},
          row{git_host::bitbucket, "https://git.example.com/stash/scm/ACME/app.git", git_host::bitbucket, "https://git.example.com/stash", "ACME/app"},
          row{git_host::automatic, "https://acme@dev.azure.com/acme/My%20Proj/_git/app", git_host::azure_devops, "https://dev.azure.com/acme", "My Proj/app"},
          row{git_host::automatic, "https://dev.azure.com/acme/_git/app", git_host::azure_devops, "https://dev.azure.com/acme", "app/app"},
          row{git_host::automatic, "https://acme.visualstudio.com/DefaultCollection/proj/_git/app", git_host::azure_devops, "https://dev.azure.com/acme", "proj/app"},
          row{git_host::automatic, "https://acme.visualstudio.com/proj/_git/app", git_host::azure_devops, "https://dev.azure.com/acme", "proj/app"},
          row{git_host::automatic, "git@ssh.dev.azure.com:v3/acme/proj/app", git_host::azure_devops, "https://dev.azure.com/acme", "proj/app"},
          row{git_host::azure_devops, "https://tfs.example.com/tfs/Coll/proj/_git/app", git_host::azure_devops, "https://tfs.example.com/tfs/Coll", "proj/app"}}) {
        BOOST_TEST_CONTEXT(repository)
        {
            auto const place = find_git_api(told, repository);
            BOOST_CHECK(place.host == host);
            BOOST_TEST(place.base.scheme + "://" + authority(place.base) + place.base.target == base);
            BOOST_TEST(place.name() == name);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_repositories_without_an_api)
{
    for (auto const& [host, repository, code] :
         {std::tuple(git_host::automatic, "https://git.example.com/acme/app", errc::not_supported),
          std::tuple(git_host::automatic, "http://gitlab.example.com/acme/app", errc::invalid_argument),
          std::tuple(git_host::automatic, "https://github.com/acme", errc::invalid_argument),
          std::tuple(git_host::automatic, "https://github.com/acme/app/tree/main", errc::invalid_argument),
          std::tuple(git_host::azure_devops, "https://dev.azure.com/acme/app", errc::invalid_argument)})
        BOOST_CHECK_EXCEPTION(find_git_api(host, repository), error, [code = code](error const& e) { return e.code() == code; });
}

BOOST_AUTO_TEST_SUITE_END()
