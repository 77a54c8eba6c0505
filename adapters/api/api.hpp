#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/http/router.hpp"
#include "adapters/service/service.hpp"

/// The service over HTTP with JSON, as its OpenAPI document says (docs/api.md), and the live feed.
namespace anjie::api {

struct Options {
    std::string version;  ///< Of the program, for the document.
    /// Due days as iCalendar (RFC 5545), in Chinese or English. None: there are no calendar addresses.
    std::function<std::string(const std::vector<DueEntry>&, bool chinese)> calendar{};
    /// A workbook as the bytes of an .xlsx file. None: there are no tables as files.
    std::function<Result<std::string>(const tables::Workbook&)> xlsx{};
};

/// Lifetime: `service` outlives this and the router that got the routes; this may go before the router.
class Api {
public:
    Api(service::Service& service, Options options);
    /// Ends the feeds.
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    /// Adds every route of the document, and who-are-you before all that are not open. Requires: once.
    void add_routes(http::Router& router);
    /// The document that is served: the paths by hand, commands and events from their own descriptions.
    [[nodiscard]] const std::string& document() const;

    /// For this folder only.
    struct Impl;

private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace anjie::api
