#include "adapters/anjie/log_source.hpp"

#include <fmt/format.h>

#include "adapters/dossier/verify.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

/// That the log begins with what was signed: a proof of anything else would help nobody.
Result<void> check_head(const HashReader& hashes, const Checkpoint& head, std::string_view which) {
    ANJIE_TRY(const auto root, tree_root(openssl_suite().hasher, hashes, head.size));
    if (root == head.root) return {};
    return failure(ErrorCode::corrupt,
                   fmt::format("the log does not hold what the {} checkpoint of {} events says: run anjie verify / "
                               "日志与检查点不符，请运行 anjie verify",
                               which, head.size));
}

/// The checkpoint of a file, or one signed now for everything that is durable.
Result<dossier::Head> chosen_head(Workspace& workspace, const std::optional<std::filesystem::path>& checkpoint) {
    if (checkpoint) return dossier::read_head(*checkpoint);
    ANJIE_TRY(auto head, workspace.sign_checkpoint());
    return dossier::Head{std::move(head.note), std::move(head.checkpoint)};
}

}  // namespace

Result<LogSource> open_log_source(Workspace& workspace, const std::optional<std::filesystem::path>& checkpoint,
                                  const std::optional<std::filesystem::path>& since) {
    ANJIE_TRY(auto head, chosen_head(workspace, checkpoint));
    if (head.checkpoint.size > workspace.events().head())
        return failure(ErrorCode::corrupt,
                       fmt::format("the checkpoint has {} events, the log only {}: events were lost, or it is of "
                                   "another log / 检查点的事件比日志还多",
                                   head.checkpoint.size, workspace.events().head()));
    LogSource source;
    source.hashes = workspace.tree(head.checkpoint.size);
    ANJIE_CHECK(check_head(*source.hashes, head.checkpoint, "newest"));
    std::optional<dossier::Head> earlier;
    if (since) {
        ANJIE_TRY(earlier, dossier::read_head(*since));
        if (earlier->checkpoint.size <= head.checkpoint.size)
            ANJIE_CHECK(check_head(*source.hashes, earlier->checkpoint, "earlier"));
    }
    source.proofs.emplace(dossier::LogProofSource{.hasher = openssl_suite().hasher,
                                                  .hashes = *source.hashes,
                                                  .head = std::move(head),
                                                  .since = std::move(earlier)});
    return source;
}

}  // namespace anjie
