// Devices that files of this machine describe for steps (Container Device Interface 1.1, SPEC.md).
#ifndef ACRX_EXECUTOR_DEVICE_INTERFACE_HPP
#define ACRX_EXECUTOR_DEVICE_INTERFACE_HPP

#include <acrx/core/config.hpp>
#include <acrx/executor/device_edits.hpp>
#include <acrx/executor/step_spec.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acrx {
/// The names of devices follow the form `VENDOR/CLASS=NAME`; VENDOR/CLASS is their kind.
class device_interface
{
public:
    /// Reads the files of the folders that end in `.json`, `.yaml` or `.yml`. A later folder goes before an earlier
    /// one; a folder that is missing has no devices, and a file that cannot be read neither.
    explicit ACRX_DECL device_interface(std::span<std::filesystem::path const> folders);

    /// What a wish stands for: the device of this name, the first of a kind (`VENDOR/CLASS`), all of it
    /// (`VENDOR/CLASS=*`), or those of the kind whose annotation `org.mobyproject.buildkit.device.class` is NAME.
    /// @return their names, sorted; empty if there are none
    /// @throws error (`errc::invalid_argument`) for a wish of another form
    ACRX_DECL std::vector<std::string> find(std::string_view wish) const;

    /// Changes a step as the devices say, what concerns all devices of one file once.
    /// @param names  of `find`
    /// @throws error (`errc::not_supported`) for devices that need hooks, which are programs of this machine, or what
    ///         else no step can have; (`errc::invalid_argument`) for one that two files of one folder describe; when a node is missing
    ACRX_DECL void inject(std::span<std::string const> names, step_spec& step) const;

    /// Files that could not be read, and why.
    std::vector<std::string> const& problems() const noexcept { return problems_; }

    struct file;

private:
    struct known_device
    {
        std::shared_ptr<file const> from;
        device_edits edits;
        std::map<std::string, std::string> annotations;
        std::filesystem::path rival;  ///< another file of the same folder that has it; empty if there is none
    };
    ACRX_DECL void add(std::filesystem::path const& path);

    std::map<std::string, known_device> devices_;  ///< by name
    std::vector<std::string> problems_;
};

/// The folders that the specification names.
inline std::vector<std::filesystem::path> usual_device_folders()
{
    return {"/etc/cdi", "/var/run/cdi"};
}
/// Whether a text has the form of a wish. @see device_interface::find
ACRX_DECL bool is_device_wish(std::string_view text);
/// The kind of a wish, or of a device's name.
constexpr std::string_view device_kind(std::string_view name)
{
    return name.substr(0, name.find('='));
}
}  // namespace acrx

#if !defined(ACRX_COMPILED)
#include <acrx/executor/impl/device_interface.ipp>
#endif
#endif
