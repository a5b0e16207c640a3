// Where a run's output goes: into its log, without secrets.
#ifndef ACRX_TRIGGERED_RUNNER_RUN_OUTPUT_HPP
#define ACRX_TRIGGERED_RUNNER_RUN_OUTPUT_HPP

#include <acrx/build/redactor.hpp>
#include <acrx/run/run_logs.hpp>
#include <acrx/run/run_steps.hpp>
#include <acrx/triggered_runner/bell.hpp>
#include <acrx/triggered_runner/secret_forms.hpp>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acrx {
/// A log that takes secrets out of what it is given, in each form of `secret_forms`, wherever the text is cut.
///
/// Copies write to one log. What could be the beginning of a secret is held back until more comes.
/// @par Thread safety
/// Shared objects: one strand.
class run_output
{
public:
    /// @param written  rings when there is more in the log
    run_output(run_log log, bell written, std::vector<std::string> const& secrets = {})
        : state_(std::make_shared<state>(std::move(log), std::move(written)))
    {
        for (auto const& secret : secrets)
            hide(secret);
    }

    /// Adds text to the log. Never fails: a log that cannot be written does not end a run.
    void write(std::string_view text) { append(state_->filter.feed(text)); }

    /// Shows where the steps of the run stand; before the lines of the log that tell the same.
    void show_steps(std::vector<tracked_step> steps)
    {
        for (auto& step : steps) {
            step.id = redact(step.id);
            step.error = redact(step.error);
            for (auto& id : step.when)
                id = redact(id);
        }
        state_->log.keep_steps(to_json(steps));
        state_->written.ring();
    }

    /// Takes a secret out of all that is written from now on.
    void hide(std::string const& secret)
    {
        if (!state_->secrets.insert(secret).second)
            return;
        for (auto& form : secret_forms(secret))
            state_->hidden.push_back(std::move(form));
        auto const held = state_->filter.finish();
        state_->filter = redactor(state_->hidden);
        write(held);
    }

    /// The text without the secrets.
    std::string redact(std::string_view text) const
    {
        redactor filter(state_->hidden);
        auto shown = filter.feed(text);
        return shown + filter.finish();
    }

    /// Writes what was held back: nothing follows.
    void finish() { append(state_->filter.finish()); }

private:
    struct state
    {
        state(run_log l, bell b) : log(std::move(l)), written(std::move(b)) {}
        run_log log;
        bell written;
        std::set<std::string> secrets;
        std::vector<std::string> hidden;  ///< their forms
        redactor filter{{}};
    };

    void append(std::string const& text)
    {
        if (text.empty())
            return;
        state_->log.append(text);
        state_->written.ring();
    }

    std::shared_ptr<state> state_;
};
}  // namespace acrx
#endif
