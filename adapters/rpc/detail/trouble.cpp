#include "adapters/rpc/detail/trouble.hpp"

#include <fmt/format.h>

#include "adapters/rpc/values.hpp"

namespace anjie::rpc::detail {
namespace {

/// Details are written "English / 中文"; one that is not is told to both.
Text both(const std::string& detail) {
    const auto cut = detail.rfind(" / ");
    if (cut == std::string::npos) return {detail, detail};
    return {detail.substr(cut + 3), detail.substr(0, cut)};
}

std::string_view code_of(service::Clash::Kind kind) {
    switch (kind) {
        case service::Clash::Kind::stale_version:
            return "stale_version";
        case service::Clash::Kind::key_reused:
            return "key_reused";
        case service::Clash::Kind::key_in_progress:
            return "key_in_progress";
    }
    return "conflict";
}

Text text_of(const service::Clash& clash) {
    switch (clash.kind) {
        case service::Clash::Kind::stale_version:
            return {fmt::format("案件已到第{}版，请重新读取后再决定", clash.current),
                    fmt::format("the case is at version {}: read it again, then decide again", clash.current)};
        case service::Clash::Kind::key_reused:
            return {"此键已用于另一命令", "the key came before with another order"};
        case service::Clash::Kind::key_in_progress:
            return {"同一命令正在执行，请稍后再问", "the very same order is being carried out: ask again in a moment"};
    }
    return {};
}

class Writer {
public:
    explicit Writer(schema::Trouble::Builder to) : to_(to) {}

    void operator()(const access::Refusal& refusal) {
        head(schema::Trouble::Kind::REFUSAL, access::code_of(refusal.code), refusal.message,
             refusal.code == access::RefusalCode::too_many_attempts);
        if (refusal.retry_after) to_.setRetryAfterSeconds(static_cast<std::uint32_t>(refusal.retry_after->count()));
    }
    void operator()(const Rejection& rejection) {
        head(schema::Trouble::Kind::REJECTION, rejection.code, rejection.message, false);
        auto rule = to_.initRule();
        rule.setId(rpc::text_of(rejection.rule.id));
        rule.setMark(rpc::text_of(std::string(to_string(rejection.rule.mark))));
        rpc::write(rule.initTitle(), rejection.rule.title);
        auto facts = to_.initFacts(static_cast<unsigned>(rejection.facts.size()));
        for (unsigned i = 0; i < facts.size(); ++i) facts.set(i, rejection.facts[i]);
        rpc::write(to_.initRemedy(), rejection.remedy);
    }
    void operator()(const service::Clash& clash) {
        head(schema::Trouble::Kind::CLASH, code_of(clash.kind), text_of(clash),
             clash.kind == service::Clash::Kind::key_in_progress);
        to_.setCurrentVersion(clash.current);
    }
    void operator()(const Error& error) {
        const bool inside = error.code == ErrorCode::corrupt;
        head(schema::Trouble::Kind::ERROR, to_string(error.code),
             inside ? Text{"存储内容有损，请管理员核验", "what was stored is damaged: the operator has to verify it"}
                    : both(error.detail),
             error.code == ErrorCode::unavailable);
    }

private:
    void head(schema::Trouble::Kind kind, std::string_view code, const Text& message, bool retryable) {
        to_.setKind(kind);
        to_.setCode(rpc::text_of(std::string(code)));
        rpc::write(to_.initMessage(), message);
        to_.setRetryable(retryable);
    }

    schema::Trouble::Builder to_;
};

}  // namespace

void write(schema::Trouble::Builder to, const service::Trouble& trouble) { std::visit(Writer(to), trouble); }

service::Trouble over_limit(std::string_view en, std::string_view zh) {
    return Error{ErrorCode::unavailable, fmt::format("{} / {}", en, zh)};
}

}  // namespace anjie::rpc::detail
