#include <acrx/cli/progress_display.hpp>

#include <support/scratch_folder.hpp>

#include <acrx/core/base64.hpp>
#include <acrx/io/files.hpp>
#include <acrx/io/unique_fd.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <fcntl.h>

#include <sstream>
#include <string>
using namespace acrx;
using cli::progress_style;

BOOST_AUTO_TEST_SUITE(cli_progress_display)
namespace {
/// What a display shows of one failed build with a secret in it.
struct shown_build
{
    testing::scratch_folder folder;
    std::string shown;
    std::string kept;

    explicit shown_build(progress_style style)
    {
        {
            unique_fd const file(::open((folder / "shown").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            cli::text_stream stream(file.get());
            cli::run_log log(folder / "log");
            cli::progress_display display(style, stream, "ca1", log, {"hunter2", "ter2"});
            display.take(work_started{1, "RUN echo hunter2"});
            display.take(work_output{1, "hunter2\n"});
            display.take(build_note{build_note::severity::warning, "no hunter2"});
            display.say("stopping for hunter2");
            display.take(work_ended{1, work_ended::outcome::failed});
            display.finish(work_ended::outcome::failed, "exit code: 1");
            log.keep();
        }
        shown = read_file(folder / "shown", 1 << 20);
        kept = read_file(folder / "log", 1 << 20);
    }
};
}  // namespace

BOOST_AUTO_TEST_CASE(a_plain_build_shows_what_it_keeps)
{
    shown_build const build(progress_style::plain);
    BOOST_TEST(build.shown == build.kept);
    BOOST_TEST(build.shown.starts_with("#1 RUN echo ***\n"));
    BOOST_TEST(build.shown.find("hunter2") == std::string::npos);
    BOOST_TEST(shown_build(progress_style::quiet).shown == "");
}
BOOST_AUTO_TEST_CASE(a_build_for_programs_shows_objects_and_keeps_lines)
{
    shown_build const build(progress_style::raw_json);
    std::istringstream lines(build.shown);
    std::string line;
    std::vector<boost::json::object> objects;
    while (std::getline(lines, line))
        objects.push_back(boost::json::parse(line).as_object());
    BOOST_TEST_REQUIRE(objects.size() == 6U);
    auto const text = [](boost::json::value const& base64) { return from_base64(base64.as_string()).value(); };
    BOOST_TEST(objects[0].at("vertexes").at(0).at("name") == "RUN echo ***");
    BOOST_TEST(text(objects[1].at("logs").at(0).at("data")) == "***\n");
    BOOST_TEST(text(objects[2].at("warnings").at(0).at("short")) == "no ***");
    BOOST_TEST(text(objects[3].at("warnings").at(0).at("short")) == "stopping for ***");
    BOOST_TEST(objects[5].at("vertexes").at(0).at("error") == "exit code: 1");
    BOOST_TEST(build.kept.starts_with("#1 RUN echo ***\n"));
    BOOST_TEST(build.kept.find('{') == std::string::npos, build.kept);
}
BOOST_AUTO_TEST_SUITE_END()
