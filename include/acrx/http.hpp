// The room of HTTP: messages, URLs, redirects, proxies, the client and the server; the only one that knows Beast.
#ifndef ACRX_HTTP_HPP
#define ACRX_HTTP_HPP
#include <acrx/http/back_off.hpp>
#include <acrx/http/client.hpp>
#include <acrx/http/message.hpp>
#include <acrx/http/object_store.hpp>
#include <acrx/http/proxy.hpp>
#include <acrx/http/redirect.hpp>
#include <acrx/http/send_patiently.hpp>
#include <acrx/http/served_request.hpp>
#include <acrx/http/server.hpp>
#include <acrx/http/server_options.hpp>
#include <acrx/http/url.hpp>
#endif
