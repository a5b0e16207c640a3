// Shows the uploads of a registry client as lines of work.
#ifndef ACRX_CLI_UPLOAD_LINES_HPP
#define ACRX_CLI_UPLOAD_LINES_HPP

#include <acrx/build/progress.hpp>
#include <acrx/core/config.hpp>
#include <acrx/core/digest.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace acrx::cli {
/// Turns "so many bytes more of this blob" into the events of one line of work a blob.
class upload_lines
{
public:
    /// The size of a blob in bytes; 0 if it is not known.
    using size_of_blob = std::function<std::uint64_t(digest const&)>;

    upload_lines(progress_sink sink, size_of_blob size) : sink_(std::move(sink)), size_(std::move(size)) {}

    void sent(digest const& blob, std::uint64_t bytes)
    {
        if (!sink_)
            return;
        auto [at, is_new] = lines_.try_emplace(blob);
        auto& line = at->second;
        if (is_new) {
            line.id = first_id + static_cast<unsigned>(lines_.size());
            line.total = size_(blob);
            sink_(work_started{line.id, "pushing " + std::string(blob.encoded().substr(0, 12))});
        }
        if (line.ended)
            return;
        line.done += bytes;
        sink_(work_advanced{line.id, std::min(line.done, line.total), line.total});
        if (line.done < line.total)
            return;
        line.ended = true;
        sink_(work_ended{line.id, work_ended::outcome::done});
    }

private:
    struct upload
    {
        unsigned id = 0;
        std::uint64_t done = 0;
        std::uint64_t total = 0;
        bool ended = false;
    };
    /// Above the numbers that a build hands out itself.
    static constexpr unsigned first_id = 1U << 30;

    progress_sink sink_;
    size_of_blob size_;
    std::map<digest, upload> lines_;
};
}  // namespace acrx::cli
#endif
