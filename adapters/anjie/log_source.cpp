#include "adapters/anjie/log_source.hpp"

#include <fmt/format.h>

#include "adapters/anjie/memory_tree.hpp"
#include "adapters/dossier/verify.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

constexpr std::uint64_t progress_step = 4096;

/// That the log begins with what was signed: a proof of anything else would help nobody.
Result<void> check_head(const HashReader& hashes, const Checkpoint& head, std::string_view which) {
    ANJIE_TRY(const auto root, tree_root(openssl_suite().hasher, hashes, head.size));
    if (root == head.root) return {};
    return failure(ErrorCode::corrupt,
                   fmt::format("the log does not hold what the {} checkpoint of {} events says: run anjie verify / "
                               "日志与检查点不符，请运行 anjie verify",
                               which, head.size));
}

Result<std::unique_ptr<HashReader>> hash_log(const EventStore& events, std::uint64_t size, const Progress& progress) {
    auto tree = std::make_unique<MemoryTree>(openssl_suite().hasher);
    bool stop = false;
    ANJIE_CHECK(events.read_feed(0, size, [&](const EventView& event) {
        tree->add(openssl_suite().hasher.leaf(event.record));
        if (progress && tree->size() % progress_step == 0) stop = !progress(tree->size(), size);
        return !stop;
    }));
    if (stop) return failure(ErrorCode::unavailable, "stopped");
    return tree;
}

}  // namespace

Result<LogSource> open_log_source(cli::Workspace& workspace, const std::optional<std::filesystem::path>& checkpoint,
                                  const std::optional<std::filesystem::path>& since, const Progress& progress) {
    if (!checkpoint)
        return failure(
            ErrorCode::not_found,
            "say which signed checkpoint to prove against: --checkpoint FILE / 请用 --checkpoint 指明检查点");
    ANJIE_TRY(auto head, dossier::read_head(*checkpoint));
    if (head.checkpoint.size > workspace.events().head())
        return failure(ErrorCode::corrupt,
                       fmt::format("the checkpoint has {} events, the log only {}: events were lost, or it is of "
                                   "another log / 检查点的事件比日志还多",
                                   head.checkpoint.size, workspace.events().head()));
    LogSource source;
    ANJIE_TRY(source.hashes, hash_log(workspace.events(), head.checkpoint.size, progress));
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
