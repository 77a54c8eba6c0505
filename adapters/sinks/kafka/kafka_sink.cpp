#include "adapters/sinks/kafka/kafka_sink.hpp"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

namespace anjie::sinks {
namespace {

/// Fixed by what is promised; settings may not loosen them.
constexpr std::array<std::pair<const char*, const char*>, 6> fixed_properties{{{"enable.idempotence", "true"},
                                                                               {"acks", "all"},
                                                                               {"message.timeout.ms", "10000"},
                                                                               {"linger.ms", "0"},
                                                                               {"client.id", "anjie"},
                                                                               {"log_level", "0"}}};
constexpr int poll_ms = 50;

struct Destroy {
    void operator()(rd_kafka_t* producer) const {
        // What is queued is not waited for: it is delivered again by whoever comes next.
        rd_kafka_purge(producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(producer, poll_ms);
        rd_kafka_destroy(producer);
    }
};

struct KafkaSettings {
    std::string brokers;
    std::string topic;
    std::vector<std::pair<std::string, std::string>> properties;
};

/// What the delivery reports of one wave said.
struct Wave {
    std::vector<std::optional<rd_kafka_resp_err_t>> reports;
    std::size_t missing{};
};
struct Ticket {
    Wave* wave{};
    std::size_t index{};
};

void on_report(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    const auto* ticket = static_cast<const Ticket*>(message->_private);
    if (ticket == nullptr || ticket->wave->reports[ticket->index]) return;
    ticket->wave->reports[ticket->index] = message->err;
    --ticket->wave->missing;
}

/// Whether the broker means this very message.
bool is_about_the_message(rd_kafka_resp_err_t error) {
    return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || error == RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE ||
           error == RD_KAFKA_RESP_ERR_INVALID_MSG || error == RD_KAFKA_RESP_ERR_INVALID_RECORD;
}

class KafkaSink final : public Sink {
public:
    explicit KafkaSink(KafkaSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] std::string destination() const override {
        return fmt::format("kafka://{}/{}", settings_.brokers, settings_.topic);
    }

    /// In waves in which every case occurs once: a message that the broker refuses has nothing of its case behind it.
    [[nodiscard]] Answer deliver(const Batch& batch, const std::stop_token& stop) override {
        Answer answer{.outcomes = std::vector<Outcome>(batch.deliveries.size()), .trouble = std::nullopt};
        if (auto trouble = connect()) {
            answer.trouble = std::move(trouble);
            return answer;
        }
        std::vector<bool> settled(batch.deliveries.size(), false);
        std::unordered_set<CaseId> behind;
        for (;;) {
            std::vector<std::size_t> wave;
            std::unordered_set<CaseId> in_wave;
            for (std::size_t i = 0; i < batch.deliveries.size(); ++i) {
                const auto& id = batch.deliveries[i].case_id;
                if (!settled[i] && !behind.contains(id) && in_wave.insert(id).second) wave.push_back(i);
            }
            if (wave.empty()) return answer;
            if (auto trouble = send(batch.deliveries, wave, answer.outcomes, stop)) {
                answer.trouble = std::move(trouble);
                producer_.reset();
                return answer;
            }
            for (const auto i : wave) {
                settled[i] = true;
                if (answer.outcomes[i].verdict != Outcome::Verdict::delivered)
                    behind.insert(batch.deliveries[i].case_id);
            }
        }
    }

private:
    [[nodiscard]] std::optional<Trouble> connect() {
        if (producer_) return std::nullopt;
        std::array<char, 512> complaint{};
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        const auto set = [&](const char* name, const char* value) {
            return rd_kafka_conf_set(conf, name, value, complaint.data(), complaint.size()) == RD_KAFKA_CONF_OK;
        };
        bool fine = set("bootstrap.servers", settings_.brokers.c_str());
        for (const auto& [name, value] : settings_.properties) fine = fine && set(name.c_str(), value.c_str());
        for (const auto& [name, value] : fixed_properties) fine = fine && set(name, value);
        rd_kafka_conf_set_dr_msg_cb(conf, on_report);
        rd_kafka_t* made = fine ? rd_kafka_new(RD_KAFKA_PRODUCER, conf, complaint.data(), complaint.size()) : nullptr;
        if (made == nullptr) {
            rd_kafka_conf_destroy(conf);
            return Trouble{.reason = "Kafka: the producer cannot be made; look at its properties / 属性有误"};
        }
        producer_.reset(made);
        return std::nullopt;
    }

    [[nodiscard]] static rd_kafka_headers_t* headers_of(const CloudEvent& event) {
        auto* headers = rd_kafka_headers_new(event.attributes.size());
        for (const auto& [name, value] : event.attributes) {
            const auto key = name == "datacontenttype" ? std::string("content-type") : "ce_" + name;
            rd_kafka_header_add(headers, key.data(), static_cast<ssize_t>(key.size()), value.data(),
                                static_cast<ssize_t>(value.size()));
        }
        return headers;
    }

    [[nodiscard]] rd_kafka_resp_err_t produce(const Delivery& delivery, Ticket& ticket) const {
        const auto key = delivery.event.attribute("partitionkey");
        const auto& data = delivery.event.data;
        auto* headers = headers_of(delivery.event);
        // The library copies key and value; its interface has no const.
        std::array<rd_kafka_vu_t, 6> parts{};
        parts[0].vtype = RD_KAFKA_VTYPE_TOPIC;
        parts[0].u.cstr = settings_.topic.c_str();
        parts[1].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
        parts[1].u.i = RD_KAFKA_MSG_F_COPY;
        parts[2].vtype = RD_KAFKA_VTYPE_KEY;
        parts[2].u.mem = {.ptr = const_cast<char*>(key.data()), .size = key.size()};
        parts[3].vtype = RD_KAFKA_VTYPE_VALUE;
        parts[3].u.mem = {.ptr = const_cast<char*>(data.data()), .size = data.size()};
        parts[4].vtype = RD_KAFKA_VTYPE_HEADERS;
        parts[4].u.headers = headers;
        parts[5].vtype = RD_KAFKA_VTYPE_OPAQUE;
        parts[5].u.ptr = &ticket;
        auto* refused = rd_kafka_produceva(producer_.get(), parts.data(), parts.size());
        if (refused == nullptr) return RD_KAFKA_RESP_ERR_NO_ERROR;
        const auto error = rd_kafka_error_code(refused);
        rd_kafka_error_destroy(refused);
        rd_kafka_headers_destroy(headers);
        return error;
    }

    /// Waits for every report of the wave; message.timeout.ms bounds it.
    [[nodiscard]] std::optional<Trouble> send(std::span<const Delivery> deliveries,
                                              const std::vector<std::size_t>& indexes, std::vector<Outcome>& outcomes,
                                              const std::stop_token& stop) {
        Wave wave{.reports = std::vector<std::optional<rd_kafka_resp_err_t>>(indexes.size()),
                  .missing = indexes.size()};
        std::vector<Ticket> tickets(indexes.size());
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            tickets[i] = {&wave, i};
            if (const auto error = produce(deliveries[indexes[i]], tickets[i]); error != RD_KAFKA_RESP_ERR_NO_ERROR) {
                wave.reports[i] = error;
                --wave.missing;
            }
        }
        while (wave.missing > 0 && !stop.stop_requested()) rd_kafka_poll(producer_.get(), poll_ms);
        // Reports must not come to a wave that is no more.
        if (wave.missing > 0) {
            rd_kafka_purge(producer_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
            while (wave.missing > 0) rd_kafka_poll(producer_.get(), poll_ms);
        }
        std::optional<Trouble> trouble;
        for (std::size_t i = 0; i < indexes.size(); ++i) {
            const auto error = wave.reports[i].value_or(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT);
            if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
                outcomes[indexes[i]] = {Outcome::Verdict::delivered, {}};
            else if (is_about_the_message(error))
                outcomes[indexes[i]] = {Outcome::Verdict::poison, fmt::format("Kafka: {}", rd_kafka_err2name(error))};
            else
                trouble = Trouble{.reason = fmt::format("Kafka: {}", rd_kafka_err2name(error))};
        }
        return trouble;
    }

    KafkaSettings settings_;
    std::unique_ptr<rd_kafka_t, Destroy> producer_;
};

Result<void> check_property(const json::Node& node, std::string_view name) {
    if (std::ranges::find(fixed_properties, name, [](const auto& fixed) { return std::string_view(fixed.first); }) !=
            fixed_properties.end() ||
        name == "bootstrap.servers" || name == "transactional.id")
        return node.complaint("this is fixed by what the sink promises / 此项不可更改");
    return {};
}

}  // namespace

Result<std::unique_ptr<Sink>> make_kafka_sink(const json::Node& to, const SinkPlace& place) {
    ANJIE_CHECK(to.has_only({"brokers", "topic", "properties", "secret_properties"}));
    KafkaSettings settings;
    ANJIE_TRY(const auto brokers, to.at("brokers"));
    ANJIE_TRY(settings.brokers, brokers.text());
    ANJIE_TRY(const auto topic, to.at("topic"));
    ANJIE_TRY(settings.topic, topic.text());
    for (const bool secret : {false, true}) {
        ANJIE_TRY(const auto listed, to.find(secret ? "secret_properties" : "properties"));
        if (!listed) continue;
        const auto* object = listed->value().if_object();
        if (object == nullptr) return listed->complaint("write an object of texts / 写对象");
        for (const auto& [key, unused] : *object) {
            const std::string name(key);
            ANJIE_TRY(const auto node, listed->at(name));
            ANJIE_CHECK(check_property(node, name));
            if (!secret && name.contains("password"))
                return node.complaint("a password belongs in a file: secret_properties / 密码另存文件");
            ANJIE_TRY(auto value, secret ? read_secret(node, place) : node.text());
            settings.properties.emplace_back(name, std::move(value));
        }
    }
    return std::make_unique<KafkaSink>(std::move(settings));
}

}  // namespace anjie::sinks
