#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/dossier/verify.hpp"

namespace anjie::dossier::detail {

/// What an archive from outside may hold.
[[nodiscard]] zip::Limits archive_limits();

/// One archive under examination: what has been read of it and what was found. Steps come in the order of the methods;
/// a step whose ground is missing is left out, because its findings would only repeat the first.
class Examination {
public:
    Examination(const VerifierTools& tools, const VerifyRequest& request, zip::Reader archive, const Progress& progress)
        : tools_(tools), request_(request), archive_(std::move(archive)), progress_(progress) {}

    [[nodiscard]] Verdict run();

private:
    /// Where an event stands, and whose it is.
    struct Place {
        CaseId case_id;
        Version version{};
        Position position{};
    };
    using Visit = std::function<Result<void>(const EventView&)>;

    Finding& find(std::string about, Text reason, std::string name = {});
    Finding& find_at(std::string about, const Place& place, Text reason);
    void find_error(std::string about, const Error& error, std::string name = {});

    bool read_manifest();
    bool read_checkpoint();
    void check_link();
    void check_link_to_given(const std::optional<Head>& own);
    bool check_records();
    void check_record(const StoredRecord& record, const std::string& entry, std::size_t number);
    void check_place(const EventView& event);
    bool check_proof();
    void check_whole_cases();
    void check_entries(const std::map<std::string, std::string>& texts);
    void check_texts(const std::map<std::string, std::string>& texts);
    void check_dossier();
    void check_report();
    void check_query();
    void compare_reports(std::string_view expected, std::string_view found);
    void say_limits();

    [[nodiscard]] std::optional<std::string> text_of(std::string_view entry, std::string_view about);
    /// Calls `visit` for every record in order, after they have been proved.
    void for_each_event(const Visit& visit);
    [[nodiscard]] Result<Bytes> record_bytes_of(const std::string& entry);

    const VerifierTools& tools_;
    const VerifyRequest& request_;
    zip::Reader archive_;
    const Progress& progress_;
    Verdict verdict_;

    std::vector<std::string> record_entries_;
    std::map<std::string, Bytes> kept_;  ///< Record entries already unpacked, as long as they are small together.
    std::uint64_t kept_bytes_{};
    std::vector<ShownLeaf> leaves_;
    std::map<CaseId, Version> last_versions_;
    Position last_position_{};
    Instant last_recorded_;
};

}  // namespace anjie::dossier::detail
