#include "adapters/cli/case_actions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/submit.hpp"

namespace anjie::cli {
namespace {

using namespace views;

using namespace dispute;

struct NewOptions {
    std::string type, source{"application"}, channel{"written"}, difficulty{"ordinary"}, amount, number, on, summary,
        place;
    std::vector<std::string> applicants, respondents, third_parties;
    std::uint32_t people{};
};

template <Coded E>
Result<E> code_option(std::string_view option, const std::string& text) {
    if (const auto value = parse_code<E>(text)) return *value;
    std::string known;
    for (const auto& entry : code_table(E{}))
        known += fmt::format("{}{} {}", known.empty() ? "" : ", ", entry.code, entry.zh);
    return failure(ErrorCode::invalid,
                   fmt::format("{}: \"{}\" is not known; use one of / 可用: {}", option, text, known));
}

/// The first number of the year that is not taken: doubles ahead, then halves back.
Result<CaseNumber> next_number(const Workspace& workspace, int year) {
    CaseNumber number{workspace.settings().number_prefix, static_cast<std::uint16_t>(year), 1};
    const auto taken = [&](std::uint32_t serial) -> Result<bool> {
        number.serial = serial;
        bool found = false;
        ANJIE_CHECK(workspace.events().read_case(case_id_of(workspace.settings().organisation, number), 0,
                                                 [&](const EventView&) {
                                                     found = true;
                                                     return false;
                                                 }));
        return found;
    };
    std::uint32_t free = 1;
    std::uint32_t last_taken = 0;
    while (true) {
        ANJIE_TRY(const bool is_taken, taken(free));
        if (!is_taken) break;
        last_taken = free;
        free *= 2;
    }
    while (free - last_taken > 1) {
        const auto middle = last_taken + (free - last_taken) / 2;
        ANJIE_TRY(const bool is_taken, taken(middle));
        (is_taken ? last_taken : free) = middle;
    }
    number.serial = free;
    return number;
}

void add_people(RegisterCase& order, std::vector<SealedField>& sealed, const std::vector<std::string>& names,
                PartyRole role) {
    for (const auto& name : names) {
        const auto number = static_cast<PartyNumber>(order.parties.size() + 1);
        order.parties.push_back({number, role, PartyKind::natural_person});
        sealed.push_back({number, static_cast<std::uint16_t>(SealedCode::name), name});
    }
}

Result<Order> registration(const Session& session, const Workspace& workspace, const NewOptions& options) {
    Order command;
    RegisterCase order;
    ANJIE_TRY(order.type, code_option<DisputeType>("--type", options.type));
    ANJIE_TRY(order.source, code_option<CaseSource>("--source", options.source));
    ANJIE_TRY(order.channel, code_option<Channel>("--channel", options.channel));
    ANJIE_TRY(order.difficulty, code_option<Difficulty>("--difficulty", options.difficulty));
    ANJIE_TRY(order.committee, code_option<CommitteeKind>("anjie.json: committee", workspace.settings().committee));
    ANJIE_TRY(order.amount, money_option("--amount", options.amount));
    ANJIE_TRY(command.occurred_at, when_option("--at", options.on, workspace.clock().now()));
    order.jurisdiction = workspace.settings().jurisdiction;
    order.people_count = options.people;
    add_people(order, command.sealed, options.applicants, PartyRole::applicant);
    add_people(order, command.sealed, options.respondents, PartyRole::respondent);
    add_people(order, command.sealed, options.third_parties, PartyRole::third_party);
    const auto text = [&](SealedCode code, const std::string& value) {
        if (!value.empty()) command.sealed.push_back({0, static_cast<std::uint16_t>(code), value});
    };
    text(SealedCode::summary, options.summary);
    text(SealedCode::place, options.place);
    if (options.number.empty()) {
        ANJIE_TRY(order.number, next_number(workspace, year_of(local_date(command.occurred_at.at))));
    } else if (const auto number = parse_case_number(options.number)) {
        order.number = *number;
    } else {
        return failure(
            ErrorCode::invalid,
            fmt::format("--number: \"{}\" is not a case number; write it like 尼阿调〔2024〕12号", options.number));
    }
    command.case_id = case_id_of(workspace.settings().organisation, order.number);
    command.label = to_string(order.number);
    command.actor = session.actor;
    command.body = std::move(order);
    return command;
}

}  // namespace

void print_actions(const Console& console, const std::vector<Dispute::ActionAnswer>& answers) {
    console.line(console.styled(Console::Style::bold, console.pick("现在可以做", "May be done now")));
    for (const auto& answer : answers)
        if (!answer.refusal)
            console.line(fmt::format("  {}  {}", answer.command, console.pick(answer.title.zh, answer.title.en)));
    console.line(console.styled(Console::Style::bold, console.pick("现在不能做，原因", "Not now, and why")));
    for (const auto& answer : answers)
        if (answer.refusal)
            console.line(fmt::format("  {}  {}: {} [{}]", answer.command,
                                     console.pick(answer.title.zh, answer.title.en),
                                     console.pick(answer.refusal->message), answer.refusal->code));
}

void add_case_new_command(CLI::App& cases, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<NewOptions>();
    auto* command = add_command(cases, session, "new", "登记一个纠纷", "Register a dispute", [&session, options] {
        return session.with_workspace([&](Workspace& workspace) {
            auto order = registration(session, workspace, *options);
            if (!order) return session.console.fail(order.error());
            return submit(session, workspace, std::move(*order));
        });
    });
    command
        ->add_option("--type", options->type,
                     help("纠纷类型代码或名称，如 neighbour", "Type: code or name, for example neighbour"))
        ->required();
    command
        ->add_option("--applicant", options->applicants,
                     help("申请人姓名（可多次）", "Applicant's name (may be repeated)"))
        ->required();
    command
        ->add_option("--respondent", options->respondents,
                     help("被申请人姓名（可多次）", "Respondent's name (may be repeated)"))
        ->required();
    command->add_option("--third-party", options->third_parties, help("第三人姓名", "Third party's name"));
    command->add_option("--source", options->source, help("案件来源", "Source"))->capture_default_str();
    command->add_option("--channel", options->channel, help("受理渠道", "Channel"))->capture_default_str();
    command->add_option("--difficulty", options->difficulty, help("难易程度", "Difficulty"))->capture_default_str();
    command->add_option("--amount", options->amount,
                        help("涉案金额，如 3,500 或 1.2万元", "Amount in dispute in yuan"));
    command->add_option("--people", options->people,
                        help("涉及人数（默认为当事人数）", "People concerned (default: the parties)"));
    command->add_option("--summary", options->summary, help("纠纷简要情况", "What it is about"));
    command->add_option("--place", options->place, help("地点", "Place"));
    command->add_option("--number", options->number,
                        help("案号（默认取下一个）", "Case number (default: the next one)"));
    command->add_option("--at", options->on,
                        help("登记日期或时间（默认现在）", "Day or time of registration (default: now)"));
}

}  // namespace anjie::cli
