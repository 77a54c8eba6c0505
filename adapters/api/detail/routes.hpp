#pragma once

#include <functional>
#include <memory>

#include "adapters/api/api.hpp"
#include "adapters/api/detail/export_writer.hpp"
#include "adapters/api/detail/feed_pump.hpp"
#include "adapters/api/detail/problems.hpp"
#include "adapters/api/detail/query.hpp"
#include "adapters/api/detail/who.hpp"

namespace anjie::api {

struct Api::Impl {
    Impl(service::Service& given, Options options_given)
        : service(given), access(given.access()), options(std::move(options_given)), pump(given) {}

    service::Service& service;
    access::Access& access;
    Options options;
    detail::FeedPump pump;
    detail::ExportWriter exports;
    std::string document;
};

namespace detail {

using Shared = std::shared_ptr<Api::Impl>;

/// Answers one question of one asker; its troubles become problems.
using Ask = std::function<service::Answer<http::Response>(http::Request&, const service::Caller&)>;

/// Adds a route whose asker is known. `wait_for` in the query of a GET is waited for first.
void add(http::Router& router, const Shared& api, http::Method method, std::string_view pattern, Ask ask);

/// 200 with JSON, not to be stored anywhere.
[[nodiscard]] http::Response json_answer(const boost::json::value& value, unsigned status = 200);
/// A table as an .xlsx file to be kept under this name.
[[nodiscard]] service::Answer<http::Response> xlsx_answer(const Api::Impl& api, const tables::Workbook& workbook,
                                                          std::string_view file_name);
[[nodiscard]] views::Language language_of(const http::Request& request);
/// The body as JSON, within limits. Errors: invalid. A wrong content type is told apart by `is_json`.
[[nodiscard]] Result<boost::json::value> json_body(const http::Request& request);
[[nodiscard]] bool is_json(const http::Request& request);
/// The version in an entity tag of this API, "12.3f9a…" with its quotes. Weak tags match nothing (RFC 9110 8.8.3.2).
[[nodiscard]] std::optional<Version> version_in_tag(std::string_view tag);
/// The tag of a case's view.
[[nodiscard]] std::string tag_of(Version version, std::string_view body);
/// The key of Idempotency-Key: a Structured Field string, or bare. Nullopt: not there, or not fit.
[[nodiscard]] std::optional<std::string> key_of(const http::Request& request);

/// An opaque place in a list, which only this installation can have made and only for this filter.
[[nodiscard]] Result<std::string> make_cursor(const access::Access& access, std::string_view place,
                                              std::string_view filter);
/// Errors: invalid.
[[nodiscard]] Result<std::string> read_cursor(const access::Access& access, std::string_view cursor,
                                              std::string_view filter);

void add_session_routes(http::Router& router, const Shared& api);
void add_case_routes(http::Router& router, const Shared& api);
void add_command_routes(http::Router& router, const Shared& api);
void add_figure_routes(http::Router& router, const Shared& api);
void add_log_routes(http::Router& router, const Shared& api);
void add_feed_routes(http::Router& router, const Shared& api);
void add_operation_routes(http::Router& router, const Shared& api);
void add_approval_routes(http::Router& router, const Shared& api);
/// A person's due days at a secret address. Nothing when no calendar is offered.
void add_calendar_routes(http::Router& router, const Shared& api);

/// The document with commands and events from their own descriptions.
[[nodiscard]] std::string whole_document(const Options& options, bool with_handover);

}  // namespace detail

}  // namespace anjie::api
