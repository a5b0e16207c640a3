// Template bodies of task/render_task.hpp.
#ifndef ACRX_TASK_IMPL_RENDER_TASK_HPP
#define ACRX_TASK_IMPL_RENDER_TASK_HPP
#include <acrx/task/render_task.hpp>

#include <utility>

namespace acrx {
template<alias_loader Loader>
net::awaitable<alias_texts> load_aliases(task_template const& task, task_data const& data, Loader& loader)
{
    alias_texts texts;
    for (auto const& source : alias_sources(task, data)) {
        if (texts.contains(source))
            continue;
        auto text = co_await loader.load(source);
        texts.emplace(source, std::move(text));
    }
    co_return texts;
}
}  // namespace acrx
#endif
