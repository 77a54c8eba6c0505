#include "adapters/json/dispute_command.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "tests/workflows/dispute/value_maker.hpp"

namespace anjie::json {
namespace {

using Fields = std::map<std::string, std::string>;

std::string refusal(std::string_view name, const Fields& fields) {
    const auto read = parse_command(name, fields);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == ErrorCode::invalid);
    return read.error().detail;
}

/// Some text that a required field takes.
std::string some_text(const FieldForm& field) {
    if (!field.codes.empty()) return std::string(field.codes.front());
    if (field.form.starts_with("2024-05-01T")) return "2024-05-01T09:30";
    if (field.form.starts_with("2024-05-01")) return "2024年5月1日";
    if (field.form.starts_with("30d")) return "30d";
    if (field.form.find("〕") != std::string::npos) return "尼阿调〔2024〕1号";
    return "1";
}

}  // namespace

TEST_CASE("every command has a form, and is read from the fields that its form requires") {
    REQUIRE(command_forms().size() == std::variant_size_v<dispute::Command>);
    for (const auto& form : command_forms()) {
        Fields fields;
        for (const auto& field : form.details)
            if (field.required) fields[std::string(field.name)] = some_text(field);
        CAPTURE(form.name, fields);
        const auto command = parse_command(form.name, fields);
        if (!command) FAIL(command.error().detail);
        CHECK(std::visit([]<class C>(const C&) { return C::name; }, *command) == form.name);
        for (const auto& field : form.details) {
            if (!field.required) continue;
            Fields without = fields;
            without.erase(std::string(field.name));
            CHECK(refusal(form.name, without).find(std::string(field.name) + " is missing") != std::string::npos);
        }
    }
}

TEST_CASE("every command reads back from its JSON") {
    dispute::testing::ValueMaker maker{dispute::testing::RandomNumbers(7)};
    for (int round = 0; round < 30; ++round) {
        for (const auto& form : command_forms()) {
            Fields fields;
            for (const auto& field : form.details)
                if (field.required) fields[std::string(field.name)] = some_text(field);
            auto command = parse_command(form.name, fields);
            REQUIRE(command.has_value());
            std::visit([&](auto& value) { maker.fill(value); }, *command);
            const boost::json::value document = command_to_json(*command);
            CAPTURE(boost::json::serialize(document));
            const auto read = command_from_json(Node(document, "request"));
            if (!read) FAIL(read.error().detail);
            REQUIRE(*read == *command);
        }
    }
}

TEST_CASE("fields are read as people write them") {
    using namespace dispute;
    CHECK(parse_command("revisit", {}).has_value() == false);
    CHECK(parse_command("make_revisit", {{"method", "电话回访"},
                                         {"satisfaction", "满意"},
                                         {"fulfilment", "fulfilled"},
                                         {"residual_risk", "低"},
                                         {"problem", "mood_relapse"},
                                         {"parties", "1，２、3"}}) ==
          Command{MakeRevisit{.agreement_number = {},
                              .revisitor = {},
                              .method = RevisitMethod::phone,
                              .satisfaction = Satisfaction::satisfied,
                              .fulfilment = Fulfilment::fulfilled,
                              .residual_risk = ResidualRisk::low,
                              .problem = RevisitProblem::mood_relapse,
                              .parties = {1, 2, 3}}});
    CHECK(parse_command("draft_agreement", {{"form", "written"},
                                            {"amount", "1.2万元"},
                                            {"copies", "3"},
                                            {"obligations",
                                             "1:debtor=2,creditor=1,kind=payment,amount=3,500,due=2024年5月1日; "
                                             "2：debtor=1,creditor=2,kind=赔礼道歉,due=2024-05-02"}}) ==
          Command{DraftAgreement{.form = AgreementForm::written,
                                 .partial = false,
                                 .number = {},
                                 .copies = 3,
                                 .obligations = {{.number = 1,
                                                  .debtor = 2,
                                                  .creditor = 1,
                                                  .kind = ObligationKind::payment,
                                                  .amount = {350000},
                                                  .due = make_date(2024, 5, 1)},
                                                 {.number = 2,
                                                  .debtor = 1,
                                                  .creditor = 2,
                                                  .kind = ObligationKind::apology,
                                                  .amount = {},
                                                  .due = make_date(2024, 5, 2)}},
                                 .amount = {1200000}}});
    CHECK(parse_command("fail_mediation", {{"reason", "no_common_ground"}, {"routes_told", "litigation, 仲裁"}}) ==
          Command{FailMediation{.reason = FailureReason::no_common_ground,
                                .routes_told = {Route::litigation, Route::arbitration}}});
    CHECK(parse_command("受理", {}) == Command{AcceptCase{}});
    CHECK(parse_command("agree_extension", {{"parties", "1,2"}, {"period", "30d"}}) ==
          Command{AgreeExtension{.parties = {1, 2}, .period = {30, PeriodUnit::days}}});
}

TEST_CASE("a wrong field is refused with its name, its text and what may stand there") {
    const auto method = refusal("sign_as_party", {{"party", "1"}, {"method", "stamp"}});
    CHECK(method.starts_with("sign_as_party: method: \"stamp\""));
    CHECK(method.find("fingerprint (按指印)") != std::string::npos);
    CHECK(refusal("sign_as_party", {{"party", "-1"}, {"method", "seal"}}).find("party: \"-1\"") != std::string::npos);
    CHECK(refusal("sign_as_party", {{"party", "65536"}, {"method", "seal"}}).find("0 - 65535") != std::string::npos);
    CHECK(refusal("accept_case", {{"speed", "fast"}}).find("speed") != std::string::npos);
    CHECK(refusal("acept_case", {}).find("not a command") != std::string::npos);
    CHECK(refusal("schedule_session", {{"on", "2024-02-30"}}).find("on: \"2024-02-30\"") != std::string::npos);
    CHECK(refusal("perform_obligation", {{"obligation", "1"}, {"amount", "many"}}).find("amount: \"many\"") !=
          std::string::npos);
    for (const auto* obligations : {"1", "1:debtor", "1:debtor=1,debtor=2", "1:debtor=2,kind=payment",
                                    "1:debtor=2,creditor=1,kind=gift,due=2024-05-01",
                                    "1:debtor=2,creditor=1,kind=payment,due=2024-05-01,shoe=9", "=;=", ":::"})
        CHECK(refusal("draft_agreement", {{"form", "oral"}, {"obligations", obligations}})
                  .starts_with("draft_agreement: obligations: "));
}

}  // namespace anjie::json
