// What a template may cost: templates come from strangers.
#ifndef ACRX_TEMPLATING_LIMITS_HPP
#define ACRX_TEMPLATING_LIMITS_HPP

#include <acrx/core/config.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace acrx::templating {
/// The limits of one rendering; past one of them it fails.
struct limits
{
    std::size_t text = 16U << 20;              ///< bytes of the output, and of any text made on the way
    std::size_t memory = 256U << 20;           ///< bytes of all that functions make
    std::size_t steps = 20'000'000;            ///< nodes visited, values looked at, and 64 bytes of text each
    std::size_t template_depth = 500;          ///< templates that call templates
    std::chrono::milliseconds time{30'000};    ///< by the steady clock; looked at now and then
};

/// What is left of the limits while a template runs. One rendering, one budget.
class budget
{
public:
    explicit budget(limits const& all) : all_(all), end_(std::chrono::steady_clock::now() + all.time) {}

    limits const& all() const noexcept { return all_; }
    /// Takes `steps` off. @throws error (`errc::invalid_argument`) when they are used up
    void spend(std::size_t steps)
    {
        if (steps >= until_look_)
            look(steps);
        else
            until_look_ -= steps;
    }
    /// Takes off bytes that a function made. @throws as `spend`
    ACRX_DECL void make(std::size_t bytes);
    /// Checks the size of a text that is about to be made. @throws as `spend`
    ACRX_DECL void check_text(std::size_t bytes) const;

private:
    ACRX_DECL void look(std::size_t steps);

    limits all_;
    std::chrono::steady_clock::time_point end_;
    std::size_t steps_ = 0;
    std::size_t made_ = 0;
    std::size_t until_look_ = 4096;
};

/// A text that grows, up to a limit. @par Exceptions `put` throws as `budget::spend`
class bounded_text
{
public:
    explicit bounded_text(budget const& left) : left_(&left) {}

    void put(std::string_view part)
    {
        left_->check_text(text_.size() + part.size());
        text_ += part;
    }
    void put(std::size_t count, char c)
    {
        left_->check_text(count);
        left_->check_text(text_.size() + count);
        text_.append(count, c);
    }
    std::string const& text() const noexcept { return text_; }
    std::string take() noexcept { return std::move(text_); }

private:
    budget const* left_;
    std::string text_;
};
}  // namespace acrx::templating

#if !defined(ACRX_COMPILED)
#include <acrx/templating/impl/limits.ipp>
#endif
#endif
