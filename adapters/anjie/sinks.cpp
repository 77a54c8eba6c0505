#include "adapters/anjie/sinks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstring>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/sinks/files/files_sink.hpp"
#include "adapters/sinks/kafka/kafka_sink.hpp"
#include "adapters/sinks/nats/nats_sink.hpp"
#include "adapters/sinks/postgresql/postgresql_sink.hpp"
#include "adapters/sinks/webhook/webhook_sink.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {

sinks::SinkKinds sink_kinds() {
    return {{"files", sinks::make_files_sink},
            {"kafka", sinks::make_kafka_sink},
            {"nats", sinks::make_nats_sink},
            {"postgresql", sinks::make_postgresql_sink},
            {"webhook", sinks::make_webhook_sink}};
}

sinks::DisclosureJournal disclosure_journal(access::Access& access) {
    return [&access](const sinks::Disclosure& line) {
        access::JournalEntry entry;
        entry.kind = access::JournalKind::disclosure;
        entry.who = "sink:" + line.sink;
        entry.action = "deliver";
        entry.subject = fmt::format("{}", fmt::join(line.classes, ","));
        entry.client = line.destination;
        entry.count = line.events;
        return access.record(entry);
    };
}

Result<std::unique_ptr<sinks::SinkHost>> open_sinks(Workspace& workspace, const std::filesystem::path& root,
                                                    sinks::DisclosureJournal journal) {
    // Jitter, so that the sinks of many offices do not knock at one door together.
    std::array<std::byte, sizeof(std::uint64_t)> bytes;
    openssl_suite().random.fill(bytes);
    std::uint64_t seed{};
    std::memcpy(&seed, bytes.data(), sizeof seed);
    ANJIE_TRY(auto configured, sinks::read_configuration(root / sinks_file, sink_kinds(), workspace.settings().origin,
                                                         workspace.clock(), seed));
    return sinks::SinkHost::open(access::unrecorded(workspace.events()), workspace.derived(), workspace.clock(),
                                 std::move(configured), std::move(journal));
}

}  // namespace anjie
