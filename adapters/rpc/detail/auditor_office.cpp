#include "adapters/rpc/detail/auditor_office.hpp"

#include "adapters/rpc/values.hpp"
#include "engine/trust/note.hpp"

namespace anjie::rpc::detail {

using service::Answer;
using service::Caller;
using service::Service;

kj::Promise<void> AuditorOffice::checkpoint(CheckpointContext context) {
    return desk_
        ->ask<SignedHead>(office_, [](Service& service, const Caller& caller) { return service.checkpoint(caller); })
        .then([context](const Answer<SignedHead>& answer) mutable {
            auto results = context.getResults();
            if (!given(results, answer)) return;
            results.setNote(text_of(answer->note));
            results.setSize(answer->checkpoint.size);
        });
}

kj::Promise<void> AuditorOffice::logKeys(LogKeysContext context) {
    using Keys = std::vector<VerifierKey>;
    return desk_->ask<Keys>(office_, [](Service& service, const Caller& caller) { return service.log_keys(caller); })
        .then([context](const Answer<Keys>& answer) mutable {
            auto results = context.getResults();
            if (!given(results, answer)) return;
            auto keys = results.initKeys(static_cast<unsigned>(answer->size()));
            for (unsigned i = 0; i < keys.size(); ++i) keys.set(i, text_of(to_string((*answer)[i])));
        });
}

kj::Promise<void> AuditorOffice::proveEvent(ProveEventContext context) {
    return desk_
        ->ask<std::string>(office_,
                           [position = context.getParams().getPosition()](Service& service, const Caller& caller) {
                               return service.event_proof(caller, position);
                           })
        .then([context](const Answer<std::string>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) results.setProof(text_of(*answer));
        });
}

kj::Promise<void> AuditorOffice::dossier(DossierContext context) {
    return desk_
        ->ask<std::string>(office_,
                           [reference = text_of(context.getParams().getReference())](
                               Service& service, const Caller& caller) { return service.dossier(caller, reference); })
        .then([context](const Answer<std::string>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) results.setZip(data_of(*answer));
        });
}

kj::Promise<void> AuditorOffice::tile(TileContext context) {
    return desk_
        ->ask<Bytes>(office_, [path = text_of(context.getParams().getPath())](
                                  Service& service, const Caller& caller) { return service.tile(caller, path); })
        .then([context](const Answer<Bytes>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) results.setBytes(data_of(*answer));
        });
}

kj::Promise<void> AuditorOffice::entries(EntriesContext context) {
    return desk_
        ->ask<Bytes>(office_,
                     [path = text_of(context.getParams().getPath())](Service& service, const Caller& caller) {
                         return service.entry_bundle(caller, path);
                     })
        .then([context](const Answer<Bytes>& answer) mutable {
            auto results = context.getResults();
            if (given(results, answer)) results.setBytes(data_of(*answer));
        });
}

}  // namespace anjie::rpc::detail
