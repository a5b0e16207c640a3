// How long does a template of 1,000 lines take to be read, and how long to be rendered?
//
// Run: bench_templating_render [--benchmark_filter=task]. `parse` is the reading alone, `render` the rendering of a
// template that has been read, `both` what a build pays. `plain` is text with one value a line, `task` a task file
// with some functions, conditions and loops, `dense` has six actions a line. Read the column CPU and
// bytes_per_second (of the template).
#include <acrx/templating/template.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace {
using namespace acrx::templating;

constexpr std::size_t lines = 1'000;

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string plain()
{
    return repeated("  - cmd: push {{.Run.Registry}}/app\n", lines);
}

std::string task()
{
    constexpr std::string_view four_lines = R"(  - id: step-{{.Run.ID}}-{{.Values.name | default "none" | quote}}
    cmd: build -t {{.Run.Registry}}/app:{{.Values.tag}} --build-arg N={{add 1 2}} .
{{- if eq .Values.environment "production"}}
    env: [{{range $i, $e := .Values.words}}{{$i}}={{$e | upper}},{{end}}]{{end}}
)";
    return repeated(four_lines, lines / 4);
}

std::string dense()
{
    return repeated(R"({{.Run.ID}}-{{.Values.name | upper | quote}}-{{if eq .Values.environment "production"}})"
                    R"({{printf "%s:%d" .Values.tag 3}}{{else}}no{{end}} )"
                    R"({{range .Values.words}}{{. | trim | b64enc}},{{end}})"
                    "\n",
                    lines);
}

value data()
{
    auto const run = value::map_of({{"ID", "ca1"}, {"Registry", "registry.example.com"}});
    auto const values = value::map_of({{"name", "app"},
                                       {"tag", "v1"},
                                       {"environment", "production"},
                                       {"words", value::texts({"one", "two", "three"})}});
    return value::map_of({{"Run", run}, {"Values", values}});
}

void report(benchmark::State& state, std::string const& text)
{
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * static_cast<std::int64_t>(state.iterations()));
}

void parse(benchmark::State& state, std::string const& text)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(text_template(text, task_options("acb.yaml")));
    report(state, text);
}

void render_only(benchmark::State& state, std::string const& text)
{
    text_template const read(text, task_options("acb.yaml"));
    auto const values = data();
    for (auto _ : state)
        benchmark::DoNotOptimize(read.render(values));
    report(state, text);
}

void both(benchmark::State& state, std::string const& text)
{
    auto const values = data();
    for (auto _ : state)
        benchmark::DoNotOptimize(render(text, values, task_options("acb.yaml")));
    report(state, text);
}

[[maybe_unused]] bool const registered = [] {
    for (auto const& [name, text] :
         {std::pair(std::string("plain"), plain()), std::pair(std::string("task"), task()),
          std::pair(std::string("dense"), dense())}) {
        auto const add = [name = name, text = text](std::string const& what, auto run) {
            benchmark::RegisterBenchmark((name + '/' + what).c_str(),
                                         [=](benchmark::State& state) { run(state, text); })
                ->Unit(benchmark::kMillisecond);
        };
        add("parse", parse);
        add("render", render_only);
        add("both", both);
    }
    return true;
}();
}  // namespace

BENCHMARK_MAIN();
