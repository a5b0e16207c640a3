// Walks the history of a repository with a Dockerfile, and makes the trace of one build a commit without running any.
#ifndef ACRX_BENCHMARKS_CACHEBENCH_GIT_HISTORY_HPP
#define ACRX_BENCHMARKS_CACHEBENCH_GIT_HISTORY_HPP

#include <acrx/build/cache_key.hpp>
#include <acrx/build/file_tree.hpp>
#include <acrx/build/make_plan.hpp>
#include <acrx/build/select_sources.hpp>
#include <acrx/cache/key_policy.hpp>
#include <acrx/context/ignore_rules.hpp>
#include <acrx/core/error.hpp>
#include <acrx/dockerfile/file.hpp>
#include <acrx/io/child_process.hpp>
#include <acrx/replacement/step_trace.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx::cachebench {
/// Waits for an operation.
template<class T>
T wait_for(net::awaitable<T> operation)
{
    net::io_context host;
    auto result = net::co_spawn(host, std::move(operation), net::use_future);
    host.run();
    return result.get();
}

/// The files of one commit, with the time at which each was changed last. Models `file_tree`.
class commit_files
{
public:
    void add(std::string path, source_file file)
    {
        for (auto slash = path.rfind('/'); slash != std::string::npos; slash = path.rfind('/', slash - 1)) {
            source_file folder;
            folder.item.entry.path = path.substr(0, slash);
            folder.item.entry.type = entry_type::directory;
            folder.item.entry.mode = 0755;
            if (!files_.try_emplace(path.substr(0, slash), std::move(folder)).second || slash == 0)
                break;
        }
        file.item.entry.path = path;
        files_.insert_or_assign(std::move(path), std::move(file));
    }
    std::optional<source_file> find(std::string_view path) const
    {
        if (path.empty()) {
            source_file root;
            root.item.entry.type = entry_type::directory;
            return root;
        }
        auto const found = files_.find(std::string(path));
        return found == files_.end() ? std::nullopt : std::optional(found->second);
    }
    std::vector<source_file> children(std::string_view path) const
    {
        auto files = below(path);
        auto const depth = path.empty() ? 0 : path.size() + 1;
        std::erase_if(files, [&](source_file const& f) { return f.item.entry.path.find('/', depth) != std::string::npos; });
        return files;
    }
    std::vector<source_file> below(std::string_view path) const
    {
        auto const prefix = path.empty() ? std::string() : std::string(path) + "/";
        std::vector<source_file> found;
        for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at)
            found.push_back(at->second);
        return found;
    }

private:
    std::map<std::string, source_file> files_;
};
static_assert(file_tree<commit_files>);

/// What cannot be known without running a build: guesses, the same for the same instruction.
struct estimates
{
    double compression = 0.4;         ///< bytes of a layer by byte of the files copied
    double copy_rate = 100e6;         ///< bytes of files that COPY takes a second
    double shortest_run = 0.5;        ///< seconds; RUN takes between these, evenly on a logarithmic scale
    double longest_run = 300;
    double smallest_run = 1e4;        ///< bytes of the layer of RUN, likewise
    double largest_run = 500e6;
};

/// Where the history is, and what of it counts.
struct history_request
{
    std::filesystem::path repository;
    std::string dockerfile = "Dockerfile";  ///< in the repository
    std::string context = {};                  ///< folder in the repository; empty for its root
    std::size_t most = 0;                   ///< the last so many commits; 0 for all
    estimates guesses = {};
};

/// Makes the trace of a history, the oldest commit first.
class history_walk
{
public:
    /// @param warn  told of commits that are left out, such as those without the Dockerfile
    history_walk(history_request request, std::function<void(std::string const&)> warn)
        : request_(std::move(request)), warn_(std::move(warn))
    {}

    /// @throws error if there is no such repository
    void run(std::function<void(traced_step const&)> const& take)
    {
        std::vector<std::string> list{"log", "--reverse", "--first-parent", "--format=%H %ct"};
        if (request_.most > 0)
            list.insert(list.begin() + 1, "-n" + std::to_string(request_.most));
        auto const commits = git(list);
        std::string_view rest = commits;
        for (std::uint64_t number = 1; !rest.empty(); ++number) {
            auto const end = std::min(rest.find('\n'), rest.size());
            auto const line = std::string(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            auto const space = line.find(' ');
            if (space == std::string::npos)
                continue;
            try {
                build(line.substr(0, space), std::stoll(line.substr(space)), number, take);
            } catch (error const& e) {
                warn_("commit " + line.substr(0, 12) + ": " + e.text());
            }
        }
    }

private:
    /// What a step lies on, for each key policy.
    struct position
    {
        digest chain;  ///< stands for the chain id of the layers: that of their keys
        std::array<digest, traced_keys.size()> keys;
        short_key parent = 0;
        std::string metadata;
    };

    std::string git(std::vector<std::string> words) const
    {
        child_command command;
        command.args = {"git", "-C", request_.repository.string(), "-c", "safe.directory=*"};
        command.args.insert(command.args.end(), words.begin(), words.end());
        command.output_limit = std::size_t{1} << 30;
        auto result = wait_for(run_child(std::move(command)));
        if (result.code != 0)
            throw error(errc::invalid_argument, "git " + words.front() + ": " + result.err.substr(0, result.err.find('\n')));
        return std::move(result.out);
    }

    void build(std::string const& commit, std::int64_t time, std::uint64_t number,
               std::function<void(traced_step const&)> const& take)
    {
        auto const text = git({"show", commit + ":" + request_.dockerfile});
        auto const files = read_tree(commit, time);
        auto const parsed = dockerfile::parse_file(text);
        build_request const options;
        base_resolver resolve = [](std::string name, platform) -> net::awaitable<std::shared_ptr<base_image const>> {
            auto base = std::make_shared<base_image>();
            base->manifest_digest = digest_of(name);
            co_return base;
        };
        plan_checks checks;
        auto const plan = wait_for(make_plan(parsed, options, std::move(resolve), std::move(checks)));
        std::map<std::size_t, position> ends;
        for (std::size_t i = 0; i < plan.stages.size(); ++i)
            if (plan.stages[i])
                ends[i] = walk_stage(*plan.stages[i], ends, files, options, [&](traced_step step) {
                    step.time = time;
                    step.build = number;
                    take(step);
                });
    }

    /// Also notes which files are not as they were in the commit before.
    commit_files read_tree(std::string const& commit, std::int64_t time)
    {
        auto const where = request_.context.empty() ? commit : commit + ":" + request_.context;
        auto const listed = git({"ls-tree", "-r", "-l", "-z", "--full-tree", where});
        auto const rules = rules_of(where);
        commit_files files;
        std::string_view rest = listed;
        while (!rest.empty()) {
            auto const end = std::min(rest.find('\0'), rest.size());
            add_line(rest.substr(0, end), time, rules, files);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return files;
    }

    /// Of `.dockerignore`, if there is one.
    ignore_rules rules_of(std::string const& where) const
    {
        auto const file = (where.find(':') == std::string::npos ? where + ":" : where + "/") + ".dockerignore";
        std::string text;
        try {
            text = git({"show", file});
        } catch (error const&) {
            return {};
        }
        return ignore_rules(clean_ignore_lines(text));
    }

    /// `MODE blob OBJECT SIZE<tab>PATH`
    void add_line(std::string_view line, std::int64_t time, ignore_rules const& rules, commit_files& files)
    {
        auto const tab = line.find('\t');
        std::vector<std::string_view> words;
        for (auto left = line.substr(0, tab); !left.empty();) {
            auto const end = std::min(left.find(' '), left.size());
            if (end > 0)
                words.push_back(left.substr(0, end));
            left.remove_prefix(std::min(end + 1, left.size()));
        }
        if (tab == std::string_view::npos || words.size() != 4 || words[1] != "blob")
            return;
        std::string path(line.substr(tab + 1));
        if (rules.excludes(path))
            return;
        auto& last = changed_[path];
        if (last.first != words[2])
            last = {std::string(words[2]), time};
        source_file file;
        file.item.entry.type = words[0] == "120000" ? entry_type::symbolic_link : entry_type::regular;
        file.item.entry.mode = words[0] == "100755" ? 0755 : 0644;
        file.item.entry.mtime = time_point(std::chrono::seconds(last.second));
        std::from_chars(words[3].data(), words[3].data() + words[3].size(), file.item.entry.size);
        if (file.item.entry.type == entry_type::regular)
            file.item.entry.content = to_bytes(digest_of(words[2]));
        else
            file.item.entry.link = words[2];
        files.add(std::move(path), std::move(file));
    }

    template<class Take>
    position walk_stage(stage_plan const& stage, std::map<std::size_t, position> const& ends, commit_files const& files,
                        build_request const& options, Take take)
    {
        position at;
        if (auto const* base = std::get_if<from_stage>(&stage.base))
            at = ends.at(base->index);
        else if (auto const* image = std::get_if<from_image>(&stage.base)) {
            at.chain = image->image->manifest_digest;
            at.keys.fill(at.chain);
        }
        std::size_t next = 0;
        for (auto const& entry : stage.history) {
            if (entry.empty_layer) {
                at.metadata += entry.created_by + '\n';
                continue;
            }
            take(walk_step(stage.steps[next++], at, ends, files, options));
        }
        return at;
    }

    traced_step walk_step(step const& what, position& at, std::map<std::size_t, position> const& ends,
                          commit_files const& files, build_request const& options)
    {
        traced_step line;
        step_facts facts;
        std::vector<placed_source> sources;
        if (auto const* copy = std::get_if<copy_operation>(&what.what)) {
            sources = sources_of(*copy, ends, files);
            facts.content = cache_key(*copy, sources, at.chain, options);
            facts.definition = cache_key(*copy, {}, digest(), options);
            line.kind = 'c';
            guess_copy(sources, line);
        } else if (auto const* run = std::get_if<run_operation>(&what.what)) {
            facts.content = cache_key(*run, at.chain, options);
            facts.definition = cache_key(*run, digest(), options);
            line.kind = 'r';
            guess_run(facts.definition, line);
        } else {
            auto const& folder = std::get<folder_operation>(what.what);
            facts.content = cache_key(folder, at.chain, options);
            facts.definition = cache_key(folder, digest(), options);
            line.kind = 'w';
            line.bytes = 120;
            line.seconds = 0.005;
        }
        facts.files = [&] { return content_digest(sources); };
        facts.stamps = [&] { return stamps_of(sources); };
        facts.context = [&] { return context_of(files); };
        facts.metadata = at.metadata.empty() ? digest() : digest_of(at.metadata);
        line.parent = at.parent;
        for (std::size_t i = 0; i < traced_keys.size(); ++i) {
            facts.parent = at.keys[i];
            at.keys[i] = named_key(traced_keys[i]).key(facts);
            line.keys[i] = to_short_key(at.keys[i].encoded());
        }
        at.parent = line.keys[0];
        at.chain = digest_of(at.chain.str() + facts.content.str());
        at.metadata.clear();
        return line;
    }

    static std::vector<placed_source> sources_of(copy_operation const& copy, std::map<std::size_t, position> const& ends,
                                                 commit_files const& files)
    {
        std::vector<placed_source> placed;
        if (auto const* stage = std::get_if<from_stage>(&copy.origin)) {  // what is in there only a build could tell
            auto const& end = ends.at(stage->index);
            constexpr std::size_t by_time = 2;
            placed.push_back({stand_in(end.chain.str() + copy.destination)});
            auto const stamp = to_short_key(end.keys[by_time].encoded()) >> 2;
            placed.back().files.top.item.entry.mtime = time_point(std::chrono::nanoseconds(stamp));
            return placed;
        }
        if (auto const* image = std::get_if<from_image>(&copy.origin)) {
            placed.push_back({stand_in(image->image->manifest_digest.str())});
            return placed;
        }
        for (auto& source : select_sources(files, copy.sources, copy.excludes))
            placed.push_back({std::move(source)});
        for (auto const& document : copy.documents)
            placed.push_back({stand_in(document.content)});
        return placed;
    }

    static selected_source stand_in(std::string const& content)
    {
        selected_source source;
        source.name = "file";
        source.top.item.entry.size = content.size();
        source.top.item.entry.content = to_bytes(digest_of(content));
        return source;
    }

    static digest stamps_of(std::span<placed_source const> sources)
    {
        std::string text;
        for (auto const& source : sources) {
            text += source.files.name + '\n';
            auto add = [&](source_file const& file) {
                text += file.item.entry.path + ' ' + std::to_string(file.item.entry.size) + ' '
                        + std::to_string(file.item.entry.mtime.time_since_epoch().count()) + '\n';
            };
            if (source.files.top.item.entry.type != entry_type::directory)
                add(source.files.top);
            for (auto const& file : source.files.below)
                add(file);
        }
        return digest_of(text);
    }

    static digest context_of(commit_files const& files)
    {
        std::array<std::string, 1> const all{"/"};
        std::vector<placed_source> placed;
        for (auto& source : select_sources(files, all))
            placed.push_back({std::move(source)});
        return content_digest(placed);
    }

    void guess_copy(std::span<placed_source const> sources, traced_step& line) const
    {
        double bytes = 512;
        for (auto const& source : sources) {
            bytes += static_cast<double>(source.files.top.item.entry.size);
            for (auto const& file : source.files.below)
                bytes += static_cast<double>(file.item.entry.size);
        }
        line.bytes = static_cast<std::uint64_t>(bytes * request_.guesses.compression);
        line.seconds = 0.01 + bytes / request_.guesses.copy_rate;
    }

    /// Drawn by the instruction's digest: an instruction that stays keeps its guess.
    void guess_run(digest const& definition, traced_step& line) const
    {
        auto const& g = request_.guesses;
        auto const draw = [&](std::size_t from, double low, double high) {
            auto const bits = to_short_key(definition.encoded().substr(from)) >> 11;
            auto const share = static_cast<double>(bits) / 9007199254740992.0;
            return low * std::pow(high / low, share);
        };
        line.seconds = draw(0, g.shortest_run, g.longest_run);
        line.bytes = static_cast<std::uint64_t>(draw(16, g.smallest_run, g.largest_run));
    }

    history_request request_;
    std::function<void(std::string const&)> warn_;
    std::map<std::string, std::pair<std::string, std::int64_t>> changed_;  ///< object and time, by path
};
}  // namespace acrx::cachebench
#endif
