#include "adapters/sinks/webhook/webhook_sink.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "adapters/sinks/webhook/detail/http_post.hpp"
#include "adapters/sinks/webhook/signature.hpp"

namespace anjie::sinks {
namespace {

struct WebhookSettings {
    std::string url;
    detail::Url parsed;
    bool batched{};
    std::vector<Bytes> secrets;
    AddressGuard guard;
    std::string ca_file;
    std::chrono::seconds timeout{20};
};

class WebhookSink final : public Sink {
public:
    WebhookSink(WebhookSettings settings, const Clock& clock)
        : settings_(std::move(settings)),
          clock_(clock),
          post_(settings_.url, settings_.parsed.scheme == "http", settings_.guard, settings_.timeout,
                settings_.ca_file) {}

    [[nodiscard]] std::string destination() const override { return settings_.parsed.shown; }

    [[nodiscard]] Answer deliver(const Batch& batch, const std::stop_token& stop) override {
        if (settings_.batched) return deliver_together(batch.deliveries, stop);
        return one_after_another(batch.deliveries, stop, [&](const Delivery& delivery) {
            return send({&delivery, 1}, structured_json(delivery.event), "application/cloudevents+json", stop);
        });
    }

private:
    [[nodiscard]] Answer deliver_together(std::span<const Delivery> deliveries, const std::stop_token& stop) {
        std::string body = "[";
        for (const auto& delivery : deliveries) {
            if (body.size() > 1) body += ',';
            body += structured_json(delivery.event);
        }
        body += ']';
        auto result = send(deliveries, body, "application/cloudevents-batch+json", stop);
        if (auto* trouble = std::get_if<Trouble>(&result)) return {.outcomes = {}, .trouble = std::move(*trouble)};
        auto& outcome = std::get<Outcome>(result);
        if (outcome.verdict == Outcome::Verdict::delivered || deliveries.size() == 1)
            return {.outcomes = std::vector<Outcome>(deliveries.size(), outcome), .trouble = std::nullopt};
        return {.outcomes = {},
                .trouble = Trouble{.kind = Trouble::Kind::one_by_one, .reason = std::move(outcome.reason)}};
    }

    [[nodiscard]] std::variant<Outcome, Trouble> send(std::span<const Delivery> deliveries, const std::string& body,
                                                      std::string_view type, const std::stop_token& stop) {
        std::vector<std::string_view> ids;
        for (const auto& delivery : deliveries) ids.push_back(delivery.event.attribute("id"));
        const auto id = webhook_id(deliveries.front().event.attribute("source"), ids);
        const auto seconds = clock_.now().microseconds / 1'000'000;
        std::vector<std::string> headers{fmt::format("Content-Type: {}; charset=utf-8", type),
                                         fmt::format("webhook-id: {}", id),
                                         fmt::format("webhook-timestamp: {}", seconds)};
        if (!settings_.secrets.empty())
            headers.push_back(
                fmt::format("webhook-signature: {}", webhook_signature(settings_.secrets, id, seconds, body)));
        const auto answer = post_.post(body, headers, stop);
        if (answer.status == 0) return Trouble{.reason = answer.trouble};
        return judge_status(answer.status, answer.retry_after);
    }

    WebhookSettings settings_;
    const Clock& clock_;
    detail::HttpPost post_;
};

Result<void> read_networks(const json::Node& node, AddressGuard& guard) {
    ANJIE_TRY(const auto items, node.items());
    for (const auto& item : items) {
        ANJIE_TRY(const auto text, item.text());
        const auto network = parse_network(text);
        if (!network) return item.complaint("write a network: 10.20.0.0/16, 10.20.1.5, fd00::/8 / 写网段");
        guard.allowed.push_back(*network);
    }
    return {};
}

Result<void> read_secrets(const json::Node& to, const SinkPlace& place, WebhookSettings& settings) {
    for (const auto* key : {"secret_file", "previous_secret_file"}) {
        ANJIE_TRY(const auto node, to.find(key));
        if (!node) continue;
        ANJIE_TRY(const auto text, read_secret(*node, place));
        auto secret = parse_webhook_secret(text);
        if (!secret) return node->complaint(secret.error().detail);
        settings.secrets.push_back(std::move(*secret));
    }
    return {};
}

/// The path of a file of certificates. Said now: at the first delivery nobody looks.
Result<std::string> read_authorities(const json::Node& node, const SinkPlace& place) {
    ANJIE_TRY(const auto path, read_path(node, place));
    std::error_code failed;
    if (!std::filesystem::is_regular_file(path, failed)) return node.complaint("there is no such file / 没有这个文件");
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), &X509_STORE_free);
    const bool loaded = store != nullptr && X509_STORE_load_file(store.get(), path.c_str()) == 1;
    ERR_clear_error();
    if (!loaded) return node.complaint("there is no certificate (PEM) in this file / 文件里没有 PEM 证书");
    return path.string();
}

}  // namespace

std::variant<Outcome, Trouble> judge_status(long status, std::optional<std::chrono::microseconds> retry_after) {
    const auto reason = fmt::format("HTTP {}", status);
    if (status >= 200 && status < 300) return Outcome{Outcome::Verdict::delivered, {}};
    if (status == 410) return Trouble{.kind = Trouble::Kind::gone, .reason = reason};
    if (status < 400) return Trouble{.reason = reason + ": redirects are not followed / 不跟随重定向"};
    switch (status) {
        case 401:
        case 403:
        case 404:
        case 405:
        case 407:
        case 408:
        case 429:
        case 502:
        case 503:
        case 504:
            return Trouble{.reason = reason, .retry_after = retry_after};
        default:
            break;
    }
    return Outcome{status < 500 ? Outcome::Verdict::poison : Outcome::Verdict::later, reason};
}

Result<std::unique_ptr<Sink>> make_webhook_sink(const json::Node& to, const SinkPlace& place) {
    ANJIE_CHECK(
        to.has_only({"url", "mode", "secret_file", "previous_secret_file", "allow_private", "ca_file", "timeout_s"}));
    WebhookSettings settings;
    ANJIE_TRY(const auto url, to.at("url"));
    ANJIE_TRY(settings.url, url.text());
    auto parsed = detail::parse_url(settings.url);
    if (!parsed) return url.complaint("write a URL with https (or http), without a password or # / 写 https 网址");
    settings.parsed = std::move(*parsed);
    ANJIE_TRY(const auto mode, to.find("mode"));
    if (mode) {
        ANJIE_TRY(const auto index, mode->one_of({"structured", "batched"}));
        settings.batched = index == 1;
    }
    ANJIE_TRY(const auto networks, to.find("allow_private"));
    if (networks) ANJIE_CHECK(read_networks(*networks, settings.guard));
    if (settings.parsed.scheme == "http" && settings.guard.allowed.empty())
        return url.complaint("in clear only to networks named in allow_private / http 仅限 allow_private 所列网段");
    ANJIE_CHECK(read_secrets(to, place, settings));
    ANJIE_TRY(const auto ca_file, to.find("ca_file"));
    if (ca_file) {
        ANJIE_TRY(settings.ca_file, read_authorities(*ca_file, place));
    }
    ANJIE_TRY(const auto timeout, to.find("timeout_s"));
    if (timeout) {
        ANJIE_TRY(const auto seconds, timeout->integer(1, 120));
        settings.timeout = std::chrono::seconds{seconds};
    }
    return std::make_unique<WebhookSink>(std::move(settings), place.clock);
}

}  // namespace anjie::sinks
