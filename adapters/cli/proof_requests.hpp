#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/id.hpp"
#include "workflows/dispute/statistics/report.hpp"

/// What is asked of those who make and check proofs; main knows who they are.
namespace anjie::cli {

/// Against which checkpoint, and going on from which.
struct ProofBasis {
    std::optional<std::filesystem::path> checkpoint;  ///< None: the log's newest.
    std::optional<std::filesystem::path> since;
};

struct DossierRequest {
    CaseId case_id;
    std::filesystem::path file;
    ProofBasis basis;
};

using RenderReport = std::function<boost::json::object(const dispute::statistics::Report&)>;

struct ProveReportRequest {
    std::filesystem::path file;
    dispute::statistics::ReportQuery query;
    bool as_of_given{};
    bool complete{};
    ProofBasis basis;
    RenderReport render;
};

struct VerifyArchiveRequest {
    std::filesystem::path file;
    std::vector<std::string> keys;
    bool without_key{};
    std::optional<std::filesystem::path> since;
    RenderReport render;
};

}  // namespace anjie::cli
