// Bodies of task/home_files.hpp.
#ifndef ACRX_TASK_IMPL_HOME_FILES_IPP
#define ACRX_TASK_IMPL_HOME_FILES_IPP
#include <acrx/io/beneath.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task/home_files.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdint>
#include <utility>

namespace acrx {
namespace detail {
inline std::filesystem::path name_of_descriptor(int descriptor)
{
    return "/proc/self/fd/" + std::to_string(descriptor);
}

/// Whatever steps have made of the file: nothing but a plain file is read, and none is waited for.
inline std::string read_home_file(beneath const& home, std::filesystem::path const& path)
{
    constexpr std::uint64_t most = std::uint64_t{1} << 20;
    auto const there = home.status(path, links::refuse);
    if (!there || !S_ISREG(there->st_mode))
        return {};
    auto const file = home.open_if_there(path, O_RDONLY | O_NONBLOCK, links::refuse);
    return file ? read_file(name_of_descriptor(file->get()), most) : std::string();
}

inline void write_home_file(beneath const& home, std::filesystem::path const& path, std::string const& text)
{
    std::filesystem::path folder;
    for (auto const& part : path.parent_path()) {
        folder /= part;
        home.make_folder(folder, links::refuse);
    }
    auto const place = home.open(folder, O_PATH | O_DIRECTORY, links::refuse);
    write_file(name_of_descriptor(place.get()) / path.filename(), text, durability::cached, 0600);
}
}  // namespace detail

ACRX_DECL void home_files::set(std::filesystem::path const& path, std::string text)
{
    state_->texts.insert_or_assign(path, std::move(text));
}

ACRX_DECL void home_files::update(std::filesystem::path const& path,
                                  std::function<std::string(std::string const&)> const& change)
{
    auto& text = state_->texts[path];
    text = change(text);
    if (state_->home.empty())
        return;
    beneath const home(state_->home);
    detail::write_home_file(home, path, change(detail::read_home_file(home, path)));
}

ACRX_DECL void home_files::attach(std::filesystem::path home)
{
    std::filesystem::create_directories(home);
    beneath const root(home);
    for (auto const& [path, text] : state_->texts)
        detail::write_home_file(root, path, text);
    state_->home = std::move(home);
}

ACRX_DECL void home_files::detach() noexcept
{
    state_->home.clear();
}
}  // namespace acrx
#endif
