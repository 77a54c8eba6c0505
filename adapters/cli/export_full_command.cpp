#include <fmt/format.h>

#include "adapters/cli/session.hpp"
#include "adapters/cli/two_persons.hpp"
#include "engine/organisation.hpp"

/// Everything of an area with sealed texts: anjie export full.
namespace anjie::cli {
namespace {

struct FullOptions {
    std::string file, organisation, reason;
    TwoPersonOptions two_persons;
};

access::CaseScope scope_of(const DirectoryEntry& entry) {
    return {entry.organisation, static_cast<Confidentiality>(entry.confidentiality)};
}

/// The order that somebody who logged in asks for, or carries out: what was approved, or what is asked for now.
access::Admitted<access::TwoPersonOrder> order_of(access::Access& access, const access::Principal& by,
                                                  const FullOptions& options) {
    if (!options.two_persons.request.empty()) {
        ANJIE_TRY(const auto asked, access.request_of(options.two_persons.request));
        return access::full_export_order(by, asked.order.scope, asked.order.reason);
    }
    auto organisation = options.organisation;
    if (organisation.empty() && by.organisations.size() == 1) organisation = by.organisations.front();
    if (organisation.empty())
        return failure(ErrorCode::invalid, "--org: name one of your organisations, or CN / 请指明机构");
    if (options.reason.empty()) return failure(ErrorCode::invalid, "--reason: say what it is for / 请写明理由");
    return access::full_export_order(by, {std::move(organisation), by.clearance}, options.reason);
}

/// Requires: allowed.
Result<views::FullExportCounts> write(const Session& session, Workspace& workspace, const access::Reader& reader,
                                      const access::TwoPersonOrder& order, const access::ApprovalRequest& request,
                                      const std::string& file) {
    auto& access = workspace.access();
    const auto& scope = order.scope;
    const auto leaves = [&](const DirectoryEntry& entry) {
        const auto of_case = scope_of(entry);
        return (scope.organisation.empty() || is_within(of_case.organisation, scope.organisation)) &&
               of_case.confidentiality <= scope.confidentiality &&
               access.judge(reader.principal, access::Action::request_full_export, of_case) &&
               access.judge(reader.principal, access::Action::read_sealed, of_case);
    };
    const auto reads = access::recorded_reads(workspace.events(), access, reader);
    views::FullExportCounts counts;
    ANJIE_CHECK(session.ports.write_lines(file, [&](const views::LineSink& put) -> Result<void> {
        ANJIE_TRY(counts,
                  views::write_full_export(*reads, workspace.workflows(),
                                           {.origin = workspace.settings().origin,
                                            .organisation = scope.organisation,
                                            .confidentiality = std::string(access::code_of(scope.confidentiality)),
                                            .up_to = workspace.events().head(),
                                            .made_at = workspace.clock().now(),
                                            .request = request.id,
                                            .requested_by = request.requested_by,
                                            .approved_by = request.decided_by},
                                           leaves, put));
        return {};
    }));
    return counts;
}

/// As whom, and what; or how the command ends.
struct Allowed {
    GoAhead go;
    access::TwoPersonOrder order;
    access::ApprovalRequest request;
};
Allowed allowed(const Session& session, access::Access& access, const FullOptions& options) {
    const auto& console = session.console;
    const auto users = access.has_users();
    if (!users) return {.go = {.exit = console.fail(users.error())}, .order = {}, .request = {}};
    if (!*users) {
        access::TwoPersonOrder order;
        order.scope = {options.organisation, Confidentiality::restricted};
        return {.go = {.now = true, .by = access.local(session.actor)}, .order = order, .request = {}};
    }
    Allowed answer{.go = one_person(session, access, options.two_persons.login, access::Action::request_full_export,
                                    {options.organisation, {}}),
                   .order = {},
                   .request = {}};
    if (!answer.go.now) return answer;
    const auto order = order_of(access, answer.go.by, options);
    if (!order) return {.go = {.exit = explain(console, order.error())}, .order = {}, .request = {}};
    answer.order = *order;
    if (const auto may =
            access.authorise(answer.go.by, access::Action::read_sealed, answer.order.scope, here(), std::nullopt);
        !may)
        return {.go = {.exit = explain(console, may.error())}, .order = {}, .request = {}};
    answer.go = two_persons_as(session, access, answer.go.by, options.two_persons.request, answer.order);
    if (answer.go.taken)
        if (auto taken = access.request_of(options.two_persons.request)) answer.request = std::move(*taken);
    return answer;
}

Exit export_full(const Session& session, const FullOptions& options) {
    const auto& console = session.console;
    return session.with_workspace([&](Workspace& workspace) {
        auto& access = workspace.access();
        const auto may = allowed(session, access, options);
        if (!may.go.now) return may.go.exit;
        access::Reader reader{may.go.by, session.purpose, here()};
        if (reader.purpose.empty())
            reader.purpose = fmt::format("full export {}: {}", may.request.id,
                                         may.request.id.empty() ? options.reason : may.order.reason);
        const auto record = [&](std::string_view what) {
            return session.record_export(workspace, reader, access::Action::request_full_export,
                                         fmt::format("full export {}, with sealed texts: {}", may.request.id, what));
        };
        auto done = record("begun");
        Result<views::FullExportCounts> written;
        if (done) {
            written = write(session, workspace, reader, may.order, may.request, options.file);
            done = written ? record("whole") : std::unexpected(written.error());
        }
        if (done) {
            console.note(fmt::format(fmt::runtime(console.pick("{} 件案件，{} 条事件", "{} cases, {} events")),
                                     written->cases, written->events));
            return Exit::ok;
        }
        if (may.go.taken)
            if (const auto noted = access.carried_out_in_vain(may.go.by, may.request.id, here()); !noted)
                return console.fail(noted.error());
        return console.fail(done.error());
    });
}

}  // namespace

void add_export_full_command(CLI::App& group, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<FullOptions>();
    auto* command = add_command(group, session, "full", "全量导出，含个人信息（须两人同意）：每行一个 JSON",
                                "Everything with personal text, when two persons agree: a JSON object a line",
                                [&session, options] { return export_full(session, *options); });
    command->add_option("file", options->file, help("文件（- 为标准输出）", "File (- for stdout)"))->required();
    command->add_option("--org", options->organisation,
                        help("机构代码（含下级）", "Organisation code, with all below it"));
    command->add_option(
        "--reason", options->reason,
        help("理由，给批准人看：不得写入个人信息", "Why, for whoever approves; no personal data in it"));
    add_two_person_options(*command, session, options->two_persons);
}

}  // namespace anjie::cli
