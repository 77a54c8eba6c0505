#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <condition_variable>

#include "adapters/json/dispute_command.hpp"
#include "adapters/json/dispute_event.hpp"
#include "adapters/service/detail/order_key.hpp"
#include "adapters/service/detail/service_impl.hpp"

namespace anjie::service {
namespace {

using access::Action;

/// Where registrations are found again by their key, since only then the case is not known beforehand. Written before
/// the command is given and made durable by the very write that makes the command durable.
const DerivedName registrations{"service.registrations", 0};

/// How often a registration gets another number because somebody else was faster with the one it was given.
constexpr int numbers_tried_max = 5;

/// A command ready to be given, and what has to be put right afterwards.
struct Prepared {
    Command command;
    std::string number;
    std::optional<detail::OrderKey> key;
    std::optional<dispute::CaseNumber> given;  ///< By the number book.
    bool counted{};                            ///< The sender stated no number: it is ours to choose.
};

/// An order to be given once more.
struct Again {
    Caller caller;
    SubmitOrder order;
};

/// Whether somebody else has the number: by stating it, by a hand-over that came in, or by an order that was given the
/// same one before the server was killed and is only now sent again.
bool is_clash_of_numbers(const Outcome& outcome) {
    if (outcome) return false;
    const auto* rejection = std::get_if<Rejection>(&outcome.error());
    if (rejection != nullptr) return rejection->code == "number_taken";
    return std::get<Error>(outcome.error()).code == ErrorCode::conflict;
}

CommandId random_id(const CryptoSuite& crypto, Instant now) {
    std::array<std::uint64_t, 2> words{};
    crypto.random.fill(std::as_writable_bytes(std::span(words)));
    return CommandId{uuid_v7(now, words[0], words[1])};
}

Result<OccurredAt> when(const std::string& text, Instant now) {
    if (text.empty()) return OccurredAt{now, false};
    if (const auto at = parse_occurred_at(text)) return *at;
    return failure(ErrorCode::invalid,
                   fmt::format("occurred_at: \"{}\" is no day or time; write 2024-03-05 or 2024-03-05T14:30:00+08:00 / "
                               "不是日期或时间",
                               text));
}

/// Everything that makes one order another.
std::string content_of(const SubmitOrder& order) {
    return boost::json::serialize(boost::json::object{{"case", order.reference},
                                                      {"command", order.command},
                                                      {"sealed", json::sealed_to_json(order.sealed)},
                                                      {"occurred_at", order.occurred_at},
                                                      {"organisation", order.organisation}});
}

/// Whose key it is: two principals may choose the same one.
std::string principal_of(const Caller& caller) {
    return fmt::format("{}/{}", static_cast<unsigned>(caller.principal.kind), caller.principal.id);
}

Result<std::string> name_of(const SubmitOrder& order) {
    const auto* name = order.command.if_contains("command");
    if (name == nullptr || !name->is_string())
        return failure(ErrorCode::invalid, "command: write its name, for example \"give_consent\" / 缺少命令名");
    return std::string(name->get_string());
}

struct KnownRegistration {
    std::uint64_t content{};
    dispute::CaseNumber number;
};

std::string row_key(const detail::OrderKey& key) { return fmt::format("{:016x}", key.key); }

Result<std::optional<KnownRegistration>> registration_of(const DerivedStore& store, const detail::OrderKey& key) {
    ANJIE_TRY(const auto row, store.get(registrations, row_key(key)));
    if (!row || row->size() < 17) return std::nullopt;
    const auto number = dispute::parse_case_number(std::string_view(*row).substr(17));
    if (!number) return std::nullopt;
    return KnownRegistration{std::stoull(row->substr(0, 16), nullptr, 16), *number};
}

Result<void> write_registration(DerivedStore& store, const detail::OrderKey& key, const dispute::CaseNumber& number) {
    return store.write(registrations,
                       {{row_key(key), fmt::format("{:016x} {}", key.content, dispute::to_string(number))}}, {});
}

/// The number as a text, or as its parts.
Result<std::optional<dispute::CaseNumber>> number_of(const boost::json::object& command) {
    const auto* number = command.if_contains("number");
    if (number == nullptr || number->is_null()) return std::nullopt;
    if (const auto* text = number->if_string()) {
        if (const auto parsed = dispute::parse_case_number(std::string_view(*text))) return parsed;
        return failure(ErrorCode::invalid,
                       fmt::format("number: \"{}\" is not a case number; write it like 尼阿调〔2024〕12号 / 不是案号",
                                   std::string_view(*text)));
    }
    return failure(ErrorCode::invalid, "number: write it like 尼阿调〔2024〕12号 / 不是案号");
}

/// What the office's settings say is filled in where the sender says nothing.
boost::json::object filled_in(const boost::json::object& command, const Settings& settings,
                              const dispute::CaseNumber& number) {
    auto whole = command;
    whole["number"] = {{"prefix", number.prefix}, {"year", number.year}, {"serial", number.serial}};
    if (!whole.contains("jurisdiction")) whole["jurisdiction"] = settings.jurisdiction;
    if (!whole.contains("committee")) whole["committee"] = settings.committee;
    return whole;
}

Result<dispute::Command> parsed(const boost::json::object& command) {
    const boost::json::value document(command);
    return json::command_from_json(json::Node(document, "command"));
}

class Preparation {
public:
    /// `anew`: the number that this key was given before is another's.
    Preparation(Parts& parts, detail::NumberBook& numbers, const Caller& caller, const SubmitOrder& order, bool anew)
        : parts_(parts), numbers_(numbers), caller_(caller), order_(order), anew_(anew) {}

    [[nodiscard]] Answer<Prepared> registration(const std::function<Answer<void>(const access::CaseScope&)>& allow) {
        const auto& settings = parts_.workspace.settings();
        const auto organisation = order_.organisation.empty() ? settings.organisation : order_.organisation;
        ANJIE_DEMAND(allow({organisation, Confidentiality::ordinary}));
        ANJIE_DEMAND(begin());
        ANJIE_ASK(auto number, number_of(order_.command));
        // Only the office's own numbers are counted here; another's has to be stated.
        if (!number && organisation != settings.organisation)
            return trouble(ErrorCode::invalid, "number: state it when another organisation registers / 请写明案号");
        prepared_.counted = !number;
        std::optional<KnownRegistration> known;
        if (prepared_.key) {
            ANJIE_ASK(known, registration_of(parts_.workspace.derived(), *prepared_.key));
            if (known && known->content != prepared_.key->content)
                return std::unexpected(Trouble{Clash{Clash::Kind::key_reused, 0}});
        }
        if (!number && known && !anew_) {
            ANJIE_ASK(const bool still_ours, is_ours(organisation, known->number));
            if (still_ours) number = known->number;
        }
        // What is no command at all gets no number.
        ANJIE_DEMAND(parsed(filled_in(order_.command, settings, number.value_or(dispute::CaseNumber{"x", 2000, 1}))));
        if (!number) {
            ANJIE_ASK(number, numbers_.give(year_of(local_date(prepared_.command.occurred_at.at))));
            prepared_.given = number;
        }
        if (prepared_.key) ANJIE_DEMAND(write_registration(parts_.workspace.derived(), *prepared_.key, *number));
        prepared_.command.case_id = dispute::case_id_of(organisation, *number);
        prepared_.number = dispute::to_string(*number);
        return finish(organisation, filled_in(order_.command, settings, *number));
    }

    [[nodiscard]] Answer<Prepared> existing(const CaseId& id, const detail::CaseLook& look) {
        ANJIE_DEMAND(begin());
        bool repeated = false;
        if (prepared_.key)
            for (const auto& earlier : look.commands) {
                const auto key = detail::order_key_of(earlier);
                if (key.key != prepared_.key->key) continue;
                if (key.content != prepared_.key->content)
                    return std::unexpected(Trouble{Clash{Clash::Kind::key_reused, 0}});
                repeated = true;
            }
        if (!repeated && order_.expected_version && *order_.expected_version != look.version)
            return std::unexpected(Trouble{Clash{Clash::Kind::stale_version, look.version}});
        prepared_.command.case_id = id;
        prepared_.number = look.entry.number;
        return finish(order_.organisation.empty() ? look.entry.organisation : order_.organisation, order_.command);
    }

private:
    [[nodiscard]] Answer<void> begin() {
        const auto now = parts_.workspace.clock().now();
        ANJIE_ASK(prepared_.command.occurred_at, when(order_.occurred_at, now));
        if (!order_.key.empty())
            prepared_.key =
                detail::order_key(parts_.crypto.hasher, principal_of(caller_), order_.key, content_of(order_));
        prepared_.command.id = prepared_.key ? detail::command_id_of(*prepared_.key) : random_id(parts_.crypto, now);
        return {};
    }
    [[nodiscard]] Answer<Prepared> finish(const std::string& organisation, const boost::json::object& command) {
        auto body = parsed(command);
        if (!body) {
            if (prepared_.given) numbers_.settle(*prepared_.given, false);
            return std::unexpected(Trouble{body.error()});
        }
        prepared_.command.workflow = dispute::workflow_id;
        prepared_.command.expected_version = order_.expected_version;
        prepared_.command.actor = caller_.principal.id;
        prepared_.command.organisation = organisation;
        prepared_.command.body = make_body<dispute::Dispute>(std::move(*body));
        prepared_.command.sealed = order_.sealed;
        return std::move(prepared_);
    }
    /// Whether a number that this key was given before is free, or taken by this very order.
    [[nodiscard]] Result<bool> is_ours(const std::string& organisation, const dispute::CaseNumber& number) const {
        bool ours = true;
        ANJIE_CHECK(parts_.workspace.events().read_case(dispute::case_id_of(organisation, number), 0,
                                                        [&](const EventView& event) {
                                                            ours = event.header.command_id == prepared_.command.id;
                                                            return false;
                                                        }));
        return ours;
    }

    Parts& parts_;
    detail::NumberBook& numbers_;
    const Caller& caller_;
    const SubmitOrder& order_;
    bool anew_;
    Prepared prepared_;
};

}  // namespace

void Service::Impl::submit(const std::shared_ptr<Impl>& self, const Caller& caller, SubmitOrder order,
                           SubmitCompletion done, int numbers_left) {
    auto& impl = *self;
    const auto prepare = [&]() -> Answer<Prepared> {
        ANJIE_ASK(const auto name, name_of(order));
        const auto action = action_of(name);
        if (!action) {
            if (is_command_judged(name))
                return trouble(ErrorCode::invalid,
                               fmt::format("{} is not given from outside / 此命令不能由外部提交", name));
            ANJIE_DEMAND(parsed(order.command));
            return trouble(ErrorCode::invalid, fmt::format("{} may be given by nobody / 无人可提交", name));
        }
        Preparation preparation(impl.parts, impl.numbers, caller, order, numbers_left < numbers_tried_max);
        if (name == dispute::RegisterCase::name)
            return preparation.registration(
                [&](const access::CaseScope& scope) { return impl.allow(caller, *action, scope); });
        ANJIE_ASK(const auto found, impl.find(caller, order.reference, *action));
        if (found.look->workflow->id() != dispute::workflow_id)
            return trouble(ErrorCode::not_found, "this is not a dispute / 这不是纠纷案件");
        // On whose behalf somebody acts has to be within reach too.
        if (!order.organisation.empty()) ANJIE_DEMAND(impl.allow(caller, *action, {order.organisation, {}}));
        return preparation.existing(found.id, *found.look);
    };
    // One order with a key at a time, so that the answer is there when the second one comes.
    std::optional<std::uint64_t> held;
    if (!order.key.empty()) {
        held = detail::order_key(impl.parts.crypto.hasher, principal_of(caller), order.key, {}).key;
        const std::scoped_lock lock(impl.keys_mutex);
        if (!impl.keys_in_progress.insert(*held).second) {
            done(std::unexpected(Trouble{Clash{Clash::Kind::key_in_progress, 0}}));
            return;
        }
    }
    // Whatever is under way keeps what it needs, however the service ends.
    const auto release = [kept = self, held] {
        if (!held) return;
        const std::scoped_lock lock(kept->keys_mutex);
        kept->keys_in_progress.erase(*held);
    };
    auto prepared = prepare();
    if (!prepared) {
        release();
        done(std::unexpected(std::move(prepared).error()));
        return;
    }
    const auto id = prepared->command.case_id;
    const auto settle = [kept = self, release, given = prepared->given](bool taken) {
        if (given) kept->numbers.settle(*given, taken);
        release();
    };
    const auto again =
        prepared->counted && numbers_left > 1 ? std::make_shared<Again>(caller, std::move(order)) : nullptr;
    // Shared, since a refused `submit` leaves the completion to us.
    auto shared = std::make_shared<SubmitCompletion>(std::move(done));
    const auto queued = impl.parts.workspace.engine().submit(
        std::move(prepared->command),
        [kept = self, id, settle, shared, again, numbers_left, number = prepared->number](const Outcome& outcome) {
            const bool clash = is_clash_of_numbers(outcome);
            settle(outcome.has_value() || clash);
            if (clash && again)
                return submit(kept, again->caller, std::move(again->order), std::move(*shared), numbers_left - 1);
            if (outcome) return (*shared)(Submitted{*outcome, number});
            if (const auto* rejection = std::get_if<Rejection>(&outcome.error()))
                return (*shared)(std::unexpected(Trouble{*rejection}));
            const auto& error = std::get<Error>(outcome.error());
            if (error.code != ErrorCode::conflict) return (*shared)(std::unexpected(Trouble{error}));
            // Somebody was faster between the look and the decision.
            Version current = 0;
            static_cast<void>(kept->parts.workspace.events().read_case(id, 0, [&](const EventView& event) {
                current = event.header.version;
                return true;
            }));
            (*shared)(std::unexpected(Trouble{Clash{Clash::Kind::stale_version, current}}));
        });
    if (queued) return;
    settle(false);
    (*shared)(std::unexpected(Trouble{queued.error()}));
}

void Service::submit(const Caller& caller, SubmitOrder order, SubmitCompletion done) {
    Impl::submit(impl_, caller, std::move(order), std::move(done), numbers_tried_max);
}

Answer<Submitted> Service::submit(const Caller& caller, SubmitOrder order) {
    std::mutex mutex;
    std::condition_variable answered;
    std::optional<Answer<Submitted>> answer;
    submit(caller, std::move(order), [&](Answer<Submitted> got) {
        const std::scoped_lock lock(mutex);
        answer = std::move(got);
        answered.notify_all();
    });
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return answer.has_value(); });
    return std::move(*answer);
}

}  // namespace anjie::service
