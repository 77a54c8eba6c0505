#include "adapters/service/detail/export_record.hpp"

namespace anjie::service::detail {

Result<void> record_export(access::Access& access, const Caller& caller, ExportNote note) {
    auto entry = access::entry_of(caller.principal, access::JournalKind::export_made, caller.client);
    entry.action = access::code_of(note.action);
    entry.purpose = caller.purpose;
    entry.case_id = note.case_id;
    entry.organisation = std::move(note.organisation);
    entry.subject = std::move(note.what);
    entry.count = note.count;
    return access.record(entry);
}

}  // namespace anjie::service::detail
