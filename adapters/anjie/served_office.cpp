#include "adapters/anjie/served_office.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "adapters/anjie/log_source.hpp"
#include "adapters/anjie/served_sinks.hpp"
#include "adapters/dossier/make.hpp"
#include "adapters/spreadsheet/workbook_writer.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

/// A file with a name of its own that goes away with this.
class PassingFile {
public:
    explicit PassingFile(const std::filesystem::path& folder) {
        std::array<std::byte, 8> name;
        openssl_suite().random.fill(name);
        path_ = folder / fmt::format(".passing-{}", to_hex(name));
    }
    ~PassingFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    PassingFile(const PassingFile&) = delete;
    PassingFile& operator=(const PassingFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

Result<std::string> bytes_of_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in) return failure(ErrorCode::unavailable, "what was made cannot be read back / 无法读回");
    return bytes;
}

/// The dossier of a case as `anjie export dossier` makes it, against a checkpoint signed now.
Result<std::string> dossier_of(Workspace& workspace, const std::filesystem::path& root, const EventStore& events,
                               CaseId id) {
    ANJIE_TRY(const auto log, open_log_source(workspace, std::nullopt, std::nullopt));
    ANJIE_TRY(const auto archive, dossier::make_dossier(*log.proofs, events, id));
    const PassingFile file(root);
    ANJIE_CHECK(archive.write(file.path()));
    return bytes_of_file(file.path());
}

}  // namespace

Result<std::string> xlsx_of(const std::filesystem::path& root, const tables::Workbook& workbook) {
    const PassingFile file(root);
    ANJIE_CHECK(spreadsheet::write_workbook(workbook, file.path()));
    return bytes_of_file(file.path());
}

ServedOffice& office_of(ServeContext& context) {
    if (context.office) return *context.office;
    context.office = std::make_shared<ServedOffice>();
    context.office->sinks = served_sinks(context.sinks);
    context.office->service = std::make_unique<service::Service>(service::Parts{
        .workspace = context.workspace,
        .access = context.access,
        .crypto = openssl_suite(),
        .directory = context.root,
        .sinks = context.office->sinks.get(),
        .dossier = [&workspace = context.workspace, root = context.root](
                       const EventStore& events, CaseId id) { return dossier_of(workspace, root, events, id); },
        .public_log = context.settings.public_log});
    return *context.office;
}

}  // namespace anjie
