// What a case downloads from: a web server of its folder `web/`, and one of a git repository.
#ifndef ACRX_TESTS_CONFORMANCE_CASE_SERVERS_HPP
#define ACRX_TESTS_CONFORMANCE_CASE_SERVERS_HPP

#include "case_file.hpp"

#include <support/git_servers.hpp>
#include <support/scripted_server.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace acrx::conformance {
/// Starts the servers that a case names, and tells it their addresses: `@WEB@`, `@GIT@`, `@COMMIT:REF@`.
class case_servers
{
public:
    /// @param folder  that of the case, which holds `web/` when the build runs
    case_servers(case_file& what, std::filesystem::path folder) : folder_(std::move(folder))
    {
        if (what.mentions("@WEB@")) {
            web_ = std::make_unique<testing::scripted_server>([this](auto const& request) { return answer(request); });
            what.fill_in("@WEB@", web_->url(""));
        }
        if (auto const* script = what.find("git"))
            serve_git(what, script->body);
    }

private:
    /// With `%20` as the blank that it stands for.
    static std::string plain(std::string path)
    {
        for (auto at = path.find("%20"); at != std::string::npos; at = path.find("%20", at))
            path.replace(at, 3, " ");
        return path;
    }

    testing::reply answer(testing::seen_request const& request) const
    {
        auto const path = request.target.substr(0, request.target.find('?'));
        if (path.starts_with("/private/") && request.header("authorization") != "Bearer s3cret")
            return {.status = 401, .body = "who are you?"};
        if (path.starts_with("/moved/"))
            return {.status = 302, .headers = {{"Location", path.substr(6)}}};
        auto const file = folder_ / "web" / plain(path.substr(1));
        if (!std::filesystem::is_regular_file(file))
            return {.status = 404, .body = "nothing here"};
        std::ifstream in(file, std::ios::binary);
        return {.headers = {{"Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT"}},
                .body = std::string(std::istreambuf_iterator<char>(in), {})};
    }

    void serve_git(case_file& what, std::string const& script)
    {
        shelf_ = std::make_unique<testing::git_shelf>();
        shelf_->write("lib", "umask 022\n" + script);
        git_ = std::make_unique<testing::git_http_server>(shelf_->repositories());
        what.fill_in("@GIT@", git_->url("/git/lib.git"));
        for (auto const* ref : {"main", "v1"})
            if (auto const mark = "@COMMIT:" + std::string(ref) + "@"; what.mentions(mark))
                what.fill_in(mark, shelf_->id("lib", ref));
    }

    std::filesystem::path folder_;
    std::unique_ptr<testing::scripted_server> web_;
    std::unique_ptr<testing::git_shelf> shelf_;
    std::unique_ptr<testing::git_http_server> git_;
};
}  // namespace acrx::conformance
#endif
