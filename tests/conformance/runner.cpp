// Makes one test case of each file in cases/ and builds it; README.md describes the files.
#include "builder.hpp"
#include "case_file.hpp"
#include "case_servers.hpp"
#include "judge.hpp"
#include <support/test_data.hpp>

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace {
using namespace acrx::conformance;
namespace unit_test = boost::unit_test;
using acrx::testing::must;
using acrx::testing::scratch_folder;

std::filesystem::path here()
{
    return acrx::testing::data_path("conformance");
}

/// One state folder for all cases of a process; `busybox:base` lies in it.
class workshop
{
public:
    static workshop& get()
    {
        static workshop one;
        return one;
    }
    builder& tool() { return *builder_; }
    layer_memory& memory() { return memory_; }

private:
    workshop() : builder_(chosen_builder(folder_.path() / "state"))
    {
        std::filesystem::copy(here() / "base", folder_ / "context", std::filesystem::copy_options::recursive);
        must("cp /bin/busybox " + (folder_ / "context").string() + " && chmod -R u=rwX,go=rX "
             + (folder_ / "context").string());
        build_order order;
        order.folder = folder_.path();
        order.tag = "busybox:base";
        auto const result = builder_->build(order);
        if (result.status != 0)
            throw std::runtime_error("the base image: " + result.output);
    }

    scratch_folder folder_;
    std::unique_ptr<builder> builder_;
    layer_memory memory_;
};

/// Builds one case and judges it.
class case_run
{
public:
    explicit case_run(case_file const& what)
        : case_(what), tool_(workshop::get().tool()), servers_(case_, folder_.path())
    {}

    complaints run()
    {
        write_files();
        make_images();
        script(case_.find("prepare"));
        auto built = build();
        auto const first = built.image ? built.image->files : file_tree{};
        for (auto const& one : case_.sections())
            if (one.name == "again") {
                expect_success(built);
                script(&one);
                built = build();
            }
        judge(built, first);
        return wrong_;
    }

private:
    struct outcome
    {
        acrx::testing::shell_result result;
        std::optional<built_image> image;
    };

    void write_files()
    {
        std::filesystem::create_directories(folder_ / "context");
        for (auto const& one : case_.sections())
            if (one.is_file())
                write_file(one);
        // What the umask of the caller would take away.
        must("cd " + folder_.path().string() + " && chmod -R u=rwX,go=rX .");
        for (auto const& one : case_.sections())
            if (one.is_file() && !one.argument.empty() && !one.argument.starts_with("->"))
                must("chmod " + one.argument + " '" + (folder_ / one.name).string() + "'");
    }
    void write_file(section const& one)
    {
        if (one.name.ends_with('/')) {
            std::filesystem::create_directories(folder_ / one.name);
        } else if (one.argument.starts_with("-> ")) {
            std::filesystem::create_directories((folder_ / one.name).parent_path());
            std::filesystem::create_symlink(one.argument.substr(3), folder_ / one.name);
        } else {
            folder_.write(one.name, one.body);
        }
    }
    void make_images()
    {
        for (auto const& one : case_.sections()) {
            if (one.name != "image")
                continue;
            auto order = order_of({});
            order.context = "image-context";
            order.tag = one.argument;
            std::filesystem::create_directories(folder_ / order.context);
            folder_.write(order.context + "/Dockerfile", one.body);
            auto const made = tool_.build(order);
            if (made.status != 0)
                throw std::runtime_error("the image " + one.argument + ": " + made.output);
        }
    }
    void script(section const* one)
    {
        if (one != nullptr)
            must("cd " + folder_.path().string() + "; export ACRX_QUICK=" ACRX_QUICK "; set -e; umask 022\n" + one->body);
    }
    build_order order_of(std::string arguments)
    {
        build_order order;
        order.folder = folder_.path();
        order.arguments = std::move(arguments);
        if (auto const* environment = case_.find("environment"))
            for (auto const& line : environment->lines())
                order.environment += " '" + line + "'";
        return order;
    }
    std::string arguments() const
    {
        std::string words;
        if (auto const* given = case_.find("arguments"))
            for (auto const& line : given->lines())
                words += " " + line;
        // A script may put more into this file, for a second build that differs.
        if (std::filesystem::exists(folder_ / "arguments"))
            words += " " + bytes_of(folder_ / "arguments");
        std::replace(words.begin(), words.end(), '\n', ' ');
        return words;
    }
    outcome build()
    {
        outcome one;
        one.result = tool_.build(order_of(arguments()));
        if (one.result.status == 0)
            one.image.emplace(folder_ / "out", workshop::get().memory());
        return one;
    }
    void expect_success(outcome const& one)
    {
        if (one.result.status != 0)
            wrong_.push_back("the build failed: " + one.result.output);
    }
    void judge(outcome const& last, file_tree const& first)
    {
        auto const is_acrx = tool_.is_acrx();
        if (auto const* warnings = case_.find("warnings"); warnings != nullptr && is_acrx)
            check_warnings(*warnings, findings(), wrong_);
        if (auto const* output = case_.find("output"))
            check_output(*output, last.result.output, wrong_);
        if (auto const* error = case_.find("error"))
            check_error(*error, last.result.status, last.result.output, is_acrx, wrong_);
        else
            expect_success(last);
        if (last.image) {
            check_image(case_, *last.image, is_acrx, wrong_);
            if (is_acrx)
                check_counts(*last.image, wrong_);
            if (auto const* cache = case_.find("cache"))
                check_cache(*cache, first, last.image->files, wrong_);
        }
        if (auto const* verify = case_.find("verify"); verify != nullptr && is_acrx && wrong_.empty())
            check_script(*verify);
        if (!wrong_.empty())
            wrong_.push_back("the builder said:\n" + last.result.output);
    }
    std::string findings()
    {
        return acrx::testing::shell("cd " + folder_.path().string() + " && " ACRX_QUICK " build --check -o json "
                                    "--home check-home "
                                    + arguments() + " context 2>/dev/null")
            .output;
    }
    void check_script(section const& verify)
    {
        auto const result = acrx::testing::shell("cd " + folder_.path().string()
                                                 + "; export ACRX_QUICK=" ACRX_QUICK "; set -e\n" + verify.body);
        if (result.status != 0)
            wrong_.push_back("the script of 'verify' ended with " + std::to_string(result.status) + ": "
                             + result.output);
    }

    case_file case_;
    builder& tool_;
    scratch_folder folder_;
    case_servers servers_;
    complaints wrong_;
};

/// Cases that fail for a reason that is known, with it: `known_gaps.txt`.
std::map<std::string, std::string> known_gaps()
{
    std::map<std::string, std::string> gaps;
    std::ifstream in(here() / "known_gaps.txt");
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && !line.starts_with('#'))
            gaps[line.substr(0, line.find(' '))] = line.substr(std::min(line.find(' '), line.size()));
    return gaps;
}

void run_case(std::filesystem::path const& file, std::string const& name)
{
    case_file const what(file, name);
    auto const is_acrx = workshop::get().tool().is_acrx();
    auto const* const other = what.find("buildah");
    if (!is_acrx && other != nullptr && other->argument.starts_with("no")) {
        BOOST_TEST_MESSAGE("not for buildah: " << other->argument);
        return;
    }
    auto const wrong = case_run(what).run();
    auto const gaps = known_gaps();
    if (auto const gap = gaps.find(name); is_acrx && gap != gaps.end()) {
        BOOST_TEST(!wrong.empty(), name << " passes now: take it off known_gaps.txt");
        return;
    }
    std::string text;
    for (auto const& one : wrong)
        text += "\n  " + one;
    BOOST_TEST(wrong.empty(), file.string() << ":1: " << name << text);
}

boost::test_tools::assertion_result can_build(unit_test::test_unit_id)
{
    boost::test_tools::assertion_result result(::geteuid() == 0 && std::filesystem::exists("/bin/busybox"));
    result.message() << "steps need root and /bin/busybox";
    return result;
}

/// A suite for each folder of cases/, a test case for each file in it.
class all_cases final : public unit_test::test_unit_generator
{
public:
    all_cases()
    {
        std::map<std::string, std::vector<std::filesystem::path>> folders;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(here() / "cases"))
            if (entry.path().extension() == ".txt")
                folders[entry.path().parent_path().filename()].push_back(entry.path());
        for (auto& [folder, files] : folders) {
            std::sort(files.begin(), files.end());
            auto* const suite = new unit_test::test_suite(folder, __FILE__, __LINE__);  // the framework owns it
            for (auto const& file : files) {
                auto const name = folder + "/" + file.stem().string();
                suite->add(unit_test::make_test_case([file, name] { run_case(file, name); }, file.stem().string(),
                                                     file.string(), 1));
            }
            suites_.push_back(suite);
        }
    }
    unit_test::test_unit* next() const override
    {
        if (suites_.empty())
            return nullptr;
        auto* const suite = suites_.front();
        suites_.pop_front();
        return suite;
    }

private:
    mutable std::deque<unit_test::test_suite*> suites_;
};
}  // namespace

BOOST_AUTO_TEST_SUITE(conformance, *unit_test::precondition(can_build))
unit_test::ut_detail::auto_test_unit_registrar const registered(all_cases{},
                                                                unit_test::decorator::collector_t::instance());
BOOST_AUTO_TEST_SUITE_END()
