#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <memory>

#include "adapters/anjie/proof_commands.hpp"
#include "adapters/anjie/verifier_key_text.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/dossier/verify.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/record/record_reader.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;

boost::json::object json_of(const dossier::Finding& finding) {
    boost::json::object out{{"about", finding.about},
                            {"reason", {{"zh", finding.reason.zh}, {"en", finding.reason.en}}}};
    if (finding.case_id) out["case_id"] = to_string(*finding.case_id);
    if (finding.version != 0) out["version"] = finding.version;
    if (finding.position != 0) out["position"] = finding.position;
    if (!finding.name.empty()) out["name"] = finding.name;
    if (!finding.expected.empty()) out["expected"] = finding.expected;
    if (!finding.found.empty()) out["found"] = finding.found;
    return out;
}

boost::json::object json_of(const Checkpoint& checkpoint) {
    return {{"origin", checkpoint.origin}, {"size", checkpoint.size}, {"root", to_base64(checkpoint.root.bytes)}};
}

boost::json::object json_of(const dossier::Verdict& verdict) {
    boost::json::array findings;
    for (const auto& finding : verdict.findings) findings.push_back(json_of(finding));
    boost::json::array limits;
    for (const auto& limit : verdict.limits) limits.push_back({{"zh", limit.zh}, {"en", limit.en}});
    boost::json::object out{{"sound", verdict.sound()},
                            {"kind", dossier::name_of(verdict.manifest.kind)},
                            {"signature_checked", verdict.signature_checked},
                            {"signed_by", boost::json::array(verdict.signed_by.begin(), verdict.signed_by.end())},
                            {"checkpoint", json_of(verdict.checkpoint)},
                            {"since", nullptr},
                            {"events", verdict.events},
                            {"cases", verdict.cases},
                            {"figures", verdict.figures},
                            {"complete", verdict.manifest.complete},
                            {"findings", std::move(findings)},
                            {"more_findings", verdict.more_findings},
                            {"cannot_show", std::move(limits)}};
    if (verdict.since) out["since"] = json_of(*verdict.since);
    return out;
}

void print_finding(const Console& console, const dossier::Finding& finding) {
    std::string where = finding.about;
    if (!finding.name.empty()) where += " " + finding.name;
    if (finding.case_id)
        where += fmt::format(fmt::runtime(console.pick("  案件 {}", "  case {}")), to_string(*finding.case_id));
    if (finding.version != 0)
        where += fmt::format(fmt::runtime(console.pick(" 版本 {}", " version {}")), finding.version);
    if (finding.position != 0)
        where += fmt::format(fmt::runtime(console.pick(" 位置 {}", " position {}")), finding.position);
    console.line(fmt::format("  {}: {}", where, console.pick(finding.reason)));
    if (!finding.expected.empty())
        console.line(fmt::format("      {}: {}", console.pick("应为", "expected"), finding.expected));
    if (!finding.found.empty())
        console.line(fmt::format("      {}: {}", console.pick("写的是", "found"), finding.found));
}

void print_verdict(const Console& console, const dossier::Verdict& verdict) {
    const auto& head = verdict.checkpoint;
    console.line(verdict.sound() ? console.styled(Console::Style::green, console.pick("属实", "PROVED"))
                                 : console.styled(Console::Style::red, console.pick("不属实或无法核验", "NOT PROVED")));
    if (verdict.sound()) {
        console.line(fmt::format(fmt::runtime(console.pick("  日志 {}，检查点含 {} 个事件；展示 {} 件案件的 {} 个事件",
                                                           "  log {}, checkpoint of {} events; {} cases with {} events "
                                                           "shown")),
                                 head.origin, head.size, verdict.cases, verdict.events));
        if (verdict.manifest.kind == dossier::Kind::dossier)
            console.line(
                fmt::format(fmt::runtime(console.pick("  案件 {} 的版本 1 至 {}", "  case {}, versions 1 to {}")),
                            to_string(verdict.manifest.case_id), verdict.manifest.versions));
        else
            console.line(fmt::format(fmt::runtime(console.pick("  {} 个数字和比率全部重新算出，一致",
                                                               "  {} figures and rates computed anew, all equal")),
                                     verdict.figures));
        for (const auto& name : verdict.signed_by)
            console.line(fmt::format(fmt::runtime(console.pick("  签署：{}", "  signed by {}")), name));
        if (verdict.since)
            console.line(fmt::format(fmt::runtime(console.pick("  接着 {} 个事件的旧检查点写成，旧的一个未改",
                                                               "  goes on from the earlier checkpoint of {} events, "
                                                               "none of which was changed")),
                                     verdict.since->size));
    }
    for (const auto& finding : verdict.findings) print_finding(console, finding);
    if (verdict.more_findings) console.line(console.pick("  ……还有更多", "  ... and more"));
    for (const auto& limit : verdict.limits)
        console.line(fmt::format("  {} {}", console.pick("注意：", "Note:"), console.pick(limit)));
}

}  // namespace

Exit verify_archive_command(const Console& console, const cli::VerifyArchiveRequest& request) {
    dossier::VerifyRequest question{
        .archive = request.file, .keys = {}, .without_signature = request.without_key, .since = request.since};
    for (const auto& text : request.keys) {
        auto key = verifier_key_from(text);
        if (!key) return console.fail(key.error());
        question.keys.push_back(std::move(*key));
    }
    std::error_code failed;
    if (!std::filesystem::exists(request.file, failed))
        return console.fail({ErrorCode::not_found, request.file.string() + ": there is no such file / 没有此文件"});
    const auto reader = std::make_shared<RecordReader>();
    const dossier::VerifierTools tools{.suite = openssl_suite(),
                                       .read_record = [reader](BytesView record) { return reader->read(record); },
                                       .render = request.render};
    dossier::Verdict verdict;
    {
        cli::ProgressLine progress(std::string(console.pick("核验", "verifying")), !console.quiet);
        verdict = dossier::verify_archive(tools, question, progress.reporter());
    }
    if (console.json)
        console.line(boost::json::serialize(json_of(verdict)));
    else
        print_verdict(console, verdict);
    return verdict.sound() ? Exit::ok : Exit::verification_failed;
}

}  // namespace anjie
