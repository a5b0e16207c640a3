// The room of templates: task text with values and functions to plain text.
#ifndef ACRX_TEMPLATING_HPP
#define ACRX_TEMPLATING_HPP
#include <acrx/templating/format.hpp>
#include <acrx/templating/function.hpp>
#include <acrx/templating/limits.hpp>
#include <acrx/templating/moment.hpp>
#include <acrx/templating/options.hpp>
#include <acrx/templating/template.hpp>
#include <acrx/templating/template_error.hpp>
#include <acrx/templating/value.hpp>
#include <acrx/templating/version.hpp>
#endif
