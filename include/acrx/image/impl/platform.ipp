// Bodies of image/platform.hpp.
#ifndef ACRX_IMAGE_IMPL_PLATFORM_IPP
#define ACRX_IMAGE_IMPL_PLATFORM_IPP
#include <acrx/core/ascii.hpp>
#include <acrx/core/error.hpp>
#include <acrx/image/platform.hpp>

#include <sys/utsname.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

namespace acrx {
namespace detail {
inline bool is_known_os(std::string_view os)
{
    constexpr std::string_view names[] = {"aix",    "android", "darwin", "dragonfly", "freebsd", "hurd",
                                          "illumos", "ios",    "js",     "linux",     "nacl",    "netbsd",
                                          "openbsd", "plan9",  "solaris", "wasip1",   "windows", "zos"};
    return std::ranges::find(names, os) != std::end(names);
}

inline bool is_known_architecture(std::string_view architecture)
{
    constexpr std::string_view names[] = {"386",     "amd64",    "amd64p32",  "arm",         "armbe", "arm64",
                                          "arm64be", "loong64",  "mips",      "mipsle",      "mips64", "mips64le",
                                          "mips64p32", "mips64p32le", "ppc",  "ppc64",       "ppc64le", "riscv",
                                          "riscv64", "s390",     "s390x",     "sparc",       "sparc64", "wasm"};
    return std::ranges::find(names, architecture) != std::end(names);
}

[[noreturn]] inline void refuse_platform(std::string_view text, std::string const& why)
{
    throw error(errc::syntax, "reading the platform \"" + std::string(text.substr(0, 200)) + "\": " + why,
                "A platform reads os/architecture[/variant], for example linux/arm64.");
}

inline bool is_platform_word(std::string_view word, std::string_view extra)
{
    return !word.empty() && std::ranges::all_of(word, [extra](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || extra.find(c) != std::string_view::npos;
    });
}

inline std::string percent_decoded(std::string_view word, std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            result += word[i];
            continue;
        }
        unsigned value = 0;
        auto const hex = word.substr(i + 1, 2);
        auto const [end, failure] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        if (hex.size() != 2 || failure != std::errc{} || end != hex.data() + 2)
            refuse_platform(text, "\"" + std::string(word) + "\" has a bad % escape");
        result += static_cast<char>(value);
        i += 2;
    }
    return result;
}

/// Reads `os`, `os(version)` or `os(version+feature+feature)` into `p`.
inline void parse_os(platform& p, std::string_view part, std::string_view text)
{
    auto const open = part.find('(');
    auto const name = part.substr(0, open);
    auto const bad = [&] { refuse_platform(text, "\"" + std::string(part) + "\" is not a valid operating system"); };
    if (!is_platform_word(name, "_-"))
        bad();
    p.os = ascii_lower(name);
    if (open == std::string_view::npos)
        return;
    if (part.back() != ')')
        bad();
    auto rest = part.substr(open + 1, part.size() - open - 2);
    for (bool first = true;; first = false) {
        auto const word = rest.substr(0, rest.find('+'));
        if (!is_platform_word(word, "_.%-") && !(first && word.empty()))
            bad();
        auto value = percent_decoded(word, text);
        if (first)
            p.os_version = std::move(value);
        else
            p.os_features.push_back(std::move(value));
        if (word.size() == rest.size())
            return;
        rest.remove_prefix(word.size() + 1);
    }
}

inline std::vector<std::string_view> split_platform(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        auto const end = text.find('/', begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos)
            return parts;
        begin = end + 1;
    }
}

/// `v8.2` is {8, 2}; nothing if the variant has another form.
inline std::optional<std::pair<int, int>> variant_version(std::string_view variant)
{
    if (variant.empty() || variant.front() != 'v')
        return std::nullopt;
    auto const number = [](std::string_view digits) {
        int value = -1;
        auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return failure == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    auto const dot = variant.find('.');
    int const major = number(variant.substr(1, dot == std::string_view::npos ? dot : dot - 1));
    int const minor = dot == std::string_view::npos ? 0 : number(variant.substr(dot + 1));
    if (major < 0 || minor < 0 || major > 99 || minor > 99)
        return std::nullopt;
    return std::pair(major, minor);
}

/// How far `candidate` lies below `wanted` on the line of variants of one architecture; -1 if it is not on it.
inline int variant_distance(std::string_view architecture, std::string_view wanted, std::string_view candidate)
{
    if (wanted == candidate)
        return 0;
    auto const base = architecture == "amd64" ? "v1" : architecture == "arm64" ? "v8" : "v7";
    auto const from = variant_version(wanted.empty() ? base : wanted);
    auto const to = variant_version(candidate.empty() ? base : candidate);
    if (!from || !to || (architecture != "amd64" && architecture != "arm" && architecture != "arm64"))
        return -1;
    // Armv9.n contains Armv8.(n+5).
    auto const ceiling = from->first > to->first && from->first == 9 && to->first == 8 ? from->second + 5 : 99;
    if (*to > *from || to->second > ceiling || (architecture == "arm" && to->first < 5))
        return -1;
    return (from->first - to->first) * 100 + (from->second - to->second);
}

inline bool serves_os_version(platform const& wanted, platform const& candidate)
{
    if (wanted.os != "windows" || wanted.os_version.empty() || candidate.os_version.empty())
        return true;
    auto const build = [](std::string const& version) {
        auto end = version.find('.');
        for (int dots = 1; dots < 3 && end != std::string::npos; ++dots)
            end = version.find('.', end + 1);
        return version.substr(0, end);
    };
    return build(wanted.os_version) == build(candidate.os_version);
}
}  // namespace detail

ACRX_DECL platform parse_platform(std::string_view text)
{
    using detail::refuse_platform;
    if (text.find('*') != std::string_view::npos)
        refuse_platform(text, "wildcards are not supported");
    auto const parts = detail::split_platform(text);
    if (parts.size() > 3)
        refuse_platform(text, "it has more than three parts");
    for (std::size_t i = 1; i < parts.size(); ++i)
        if (!detail::is_platform_word(parts[i], "_.-"))
            refuse_platform(text, "\"" + std::string(parts[i]) + "\" is not a valid part");

    platform p;
    detail::parse_os(p, parts[0], text);
    if (parts.size() > 1) {
        p.architecture = parts[1];
        p.variant = parts.size() > 2 ? parts[2] : std::string_view{};
        return normalize(std::move(p));
    }
    auto const host = host_platform();
    auto named = normalize(p);
    if (detail::is_known_os(named.os)) {
        named.architecture = host.architecture;
        named.variant = host.variant;
        return named;
    }
    platform by_architecture;
    by_architecture.os = host.os;
    by_architecture.architecture = p.os;
    by_architecture = normalize(std::move(by_architecture));
    if (parts[0].find('(') != std::string_view::npos || !detail::is_known_architecture(by_architecture.architecture))
        refuse_platform(text, "unknown operating system or architecture");
    return by_architecture;
}

ACRX_DECL std::string to_string(platform const& p)
{
    auto text = p.os + "/" + p.architecture;
    return p.variant.empty() ? text : text + "/" + p.variant;
}

ACRX_DECL platform normalize(platform p)
{
    p.os = ascii_lower(p.os);
    if (p.os == "macos")
        p.os = "darwin";
    auto& architecture = p.architecture = ascii_lower(p.architecture);
    auto& variant = p.variant = ascii_lower(p.variant);
    if (architecture == "i386") {
        architecture = "386";
        variant.clear();
    } else if (architecture == "x86_64" || architecture == "x86-64" || architecture == "amd64") {
        architecture = "amd64";
        if (variant == "v1")
            variant.clear();
    } else if (architecture == "aarch64" || architecture == "arm64") {
        architecture = "arm64";
        if (variant == "8" || variant == "v8" || variant == "v8.0")
            variant.clear();
        else if (variant == "9" || variant == "v9.0")
            variant = "v9";
    } else if (architecture == "armhf" || architecture == "armel") {
        variant = architecture == "armhf" ? "v7" : "v6";
        architecture = "arm";
    } else if (architecture == "arm") {
        if (variant.empty())
            variant = "v7";
        else if (variant == "5" || variant == "6" || variant == "7" || variant == "8")
            variant.insert(0, 1, 'v');
    }
    std::ranges::sort(p.os_features);
    return p;
}

ACRX_DECL platform host_platform()
{
    utsname names{};
    ::uname(&names);
    std::string_view const machine = names.machine;
    platform p;
    p.os = "linux";
    if (machine.starts_with("armv") && machine.size() > 4) {
        p.architecture = "arm";
        p.variant = "v" + std::string(1, machine[4]);
    } else if (machine.size() == 4 && machine.front() == 'i' && machine.ends_with("86")) {
        p.architecture = "386";
    } else if (machine == "loongarch64") {
        p.architecture = "loong64";
    } else if (machine.starts_with("mips")) {
        p.architecture = std::string(machine) + (std::endian::native == std::endian::little ? "le" : "");
    } else {
        p.architecture = machine;
    }
    return normalize(std::move(p));
}

ACRX_DECL int match_distance(platform const& wanted, platform const& candidate)
{
    auto const want = normalize(wanted);
    auto const have = normalize(candidate);
    bool const features = std::ranges::includes(want.os_features, have.os_features);
    if (want.os != have.os || !features || !detail::serves_os_version(want, have))
        return -1;
    int const version = want.os_version == have.os_version ? 0 : 1;
    if (want.architecture == have.architecture) {
        int const distance = detail::variant_distance(want.architecture, want.variant, have.variant);
        return distance < 0 ? -1 : distance * 2 + version;
    }
    // Another, older architecture of the same family: worse than every variant of the wanted one.
    constexpr int family = 100'000;
    if (want.architecture == "amd64" && have.architecture == "386")
        return family + version;
    if (want.architecture == "arm64" && have.architecture == "arm") {
        int const distance = detail::variant_distance("arm", "v8", have.variant);
        return distance < 0 ? -1 : family + distance * 2 + version;
    }
    return -1;
}
}  // namespace acrx
#endif
