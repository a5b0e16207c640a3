// The room of triggers: what starts runs, from webhooks, registries and timers, as pure values.
#ifndef ACRX_TRIGGER_HPP
#define ACRX_TRIGGER_HPP
#include <acrx/trigger/base_image_polling.hpp>
#include <acrx/trigger/base_image_watch.hpp>
#include <acrx/trigger/cron_schedule.hpp>
#include <acrx/trigger/delivery_log.hpp>
#include <acrx/trigger/event_filter.hpp>
#include <acrx/trigger/git_api.hpp>
#include <acrx/trigger/git_polling.hpp>
#include <acrx/trigger/git_refs.hpp>
#include <acrx/trigger/glob.hpp>
#include <acrx/trigger/merge.hpp>
#include <acrx/trigger/poll_plan.hpp>
#include <acrx/trigger/registry_notification.hpp>
#include <acrx/trigger/repository_url.hpp>
#include <acrx/trigger/timer_source.hpp>
#include <acrx/trigger/timer_table.hpp>
#include <acrx/trigger/trigger_event.hpp>
#include <acrx/trigger/trigger_source.hpp>
#include <acrx/trigger/webhook.hpp>
#include <acrx/trigger/webhook_signature.hpp>
#endif
