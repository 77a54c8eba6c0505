#pragma once

#include <memory>
#include <thread>

#include "adapters/anjie/serve_context.hpp"
#include "adapters/api/api.hpp"
#include "adapters/handover/desk.hpp"
#include "adapters/service/service.hpp"

namespace anjie {

/// What every wire of a server asks. What stands below uses what stands above.
struct ServedOffice {
    std::unique_ptr<service::Sinks> sinks;
    std::unique_ptr<service::Service> service;
    std::unique_ptr<api::Api> api;
    std::unique_ptr<EventStore> read_for_handover;  ///< The log as the desk reads it: recorded as such.
    std::unique_ptr<handover::Desk> desk;
    std::jthread courier;  ///< Delivers what the desk has for other organisations, where there are any.
};

/// The one of this server, made on first use.
[[nodiscard]] ServedOffice& office_of(ServeContext& context);

/// A workbook as the bytes of an .xlsx file; it passes through a file of `root`.
[[nodiscard]] Result<std::string> xlsx_of(const std::filesystem::path& root, const tables::Workbook& workbook);

}  // namespace anjie
