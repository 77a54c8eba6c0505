#pragma once

#include "adapters/rpc/detail/readings.hpp"

namespace anjie::rpc::detail {

class AuditorOffice final : public virtual schema::Auditor::Server, public Readings, public FiguresOffice {
public:
    AuditorOffice(const std::shared_ptr<Desk>& desk, Use use)
        : Readings(desk, Office::auditor), FiguresOffice(desk, Office::auditor), use_(std::move(use)) {}

    kj::Promise<void> checkpoint(CheckpointContext context) override;
    kj::Promise<void> logKeys(LogKeysContext context) override;
    kj::Promise<void> proveEvent(ProveEventContext context) override;
    kj::Promise<void> dossier(DossierContext context) override;
    kj::Promise<void> tile(TileContext context) override;
    kj::Promise<void> entries(EntriesContext context) override;

private:
    Use use_;
};

}  // namespace anjie::rpc::detail
