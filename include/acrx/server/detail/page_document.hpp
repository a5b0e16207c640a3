// The document of the page, which its scripts fill.
#ifndef ACRX_SERVER_DETAIL_PAGE_DOCUMENT_HPP
#define ACRX_SERVER_DETAIL_PAGE_DOCUMENT_HPP

#include <string_view>

namespace acrx::detail {
/// `/`
inline constexpr std::string_view page_document = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>acrx-runner</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="/page/icon.svg">
<link rel="stylesheet" href="/page/style.css">
<script type="module" src="/page/main.js"></script>
</head>
<body>
<a class="skip" href="#main" data-action="skip">Skip to the content</a>
<header>
  <a class="brand" href="#/runs">acrx-runner</a>
  <nav aria-label="Parts">
    <a href="#/runs">Runs</a>
    <a href="#/tasks">Tasks</a>
    <a href="#/triggers">Triggers</a>
  </nav>
  <p id="connection" role="status"></p>
  <button id="sign-out" type="button" data-action="signOut" hidden>Sign out</button>
</header>
<p id="trouble" role="alert"></p>
<main id="main" tabindex="-1">
  <noscript>This page needs JavaScript; <code>acrx-runner task --help</code> does not.</noscript>
</main>
<p id="said" class="unseen" role="status"></p>
</body>
</html>
)html";
}  // namespace acrx::detail
#endif
