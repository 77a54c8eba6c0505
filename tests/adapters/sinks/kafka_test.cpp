#include "adapters/sinks/kafka/kafka_sink.hpp"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "storage/memory/memory_store.hpp"
#include "tests/adapters/sinks/dispute_log.hpp"

namespace anjie::test {
namespace {

constexpr const char* topic = "disputes";

struct Consumed {
    std::int32_t partition{};
    std::string key;
    std::map<std::string, std::string> headers;
    std::string value;
};

/// Three brokers in this process, a topic of three partitions.
class Cluster {
public:
    Cluster() {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        set(conf, "log_level", "0");
        handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0);
        REQUIRE(handle_ != nullptr);
        cluster_ = rd_kafka_mock_cluster_new(handle_, 3);
        REQUIRE(cluster_ != nullptr);
        REQUIRE(rd_kafka_mock_topic_create(cluster_, topic, 3, 3) == RD_KAFKA_RESP_ERR_NO_ERROR);
    }
    ~Cluster() {
        rd_kafka_mock_cluster_destroy(cluster_);
        rd_kafka_destroy(handle_);
    }
    Cluster(const Cluster&) = delete;

    [[nodiscard]] std::string brokers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
    [[nodiscard]] rd_kafka_mock_cluster_t* mock() const { return cluster_; }
    void set_up(bool up) {
        for (std::int32_t broker = 1; broker <= 3; ++broker)
            up ? rd_kafka_mock_broker_set_up(cluster_, broker) : rd_kafka_mock_broker_set_down(cluster_, broker);
    }

    /// Reads the topic from its beginning until `count` messages have come or the time is over.
    std::vector<Consumed> consume(std::size_t count) {
        rd_kafka_conf_t* conf = rd_kafka_conf_new();
        set(conf, "bootstrap.servers", brokers().c_str());
        set(conf, "group.id", fmt::format("reader-{}", ++readers_).c_str());
        set(conf, "auto.offset.reset", "earliest");
        set(conf, "log_level", "0");
        rd_kafka_t* consumer = rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0);
        REQUIRE(consumer != nullptr);
        rd_kafka_poll_set_consumer(consumer);
        auto* topics = rd_kafka_topic_partition_list_new(3);
        for (std::int32_t partition = 0; partition < 3; ++partition)
            rd_kafka_topic_partition_list_add(topics, topic, partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
        REQUIRE(rd_kafka_assign(consumer, topics) == RD_KAFKA_RESP_ERR_NO_ERROR);
        rd_kafka_topic_partition_list_destroy(topics);
        std::vector<Consumed> all;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (all.size() < count && std::chrono::steady_clock::now() < deadline) {
            auto* message = rd_kafka_consumer_poll(consumer, 100);
            if (message == nullptr) continue;
            if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) all.push_back(consumed(message));
            rd_kafka_message_destroy(message);
        }
        rd_kafka_consumer_close(consumer);
        rd_kafka_destroy(consumer);
        return all;
    }

private:
    static void set(rd_kafka_conf_t* conf, const char* name, const char* value) {
        REQUIRE(rd_kafka_conf_set(conf, name, value, nullptr, 0) == RD_KAFKA_CONF_OK);
    }
    static std::string text(const void* bytes, std::size_t size) { return {static_cast<const char*>(bytes), size}; }
    static Consumed consumed(const rd_kafka_message_t* message) {
        Consumed one{
            message->partition, text(message->key, message->key_len), {}, text(message->payload, message->len)};
        rd_kafka_headers_t* headers = nullptr;
        REQUIRE(rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR);
        const char* name = nullptr;
        const void* value = nullptr;
        std::size_t size = 0;
        for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i)
            one.headers[name] = text(value, size);
        return one;
    }

    rd_kafka_t* handle_{};
    rd_kafka_mock_cluster_t* cluster_{};
    int readers_{};
};

struct Office {
    Cluster cluster;
    MemoryStore store;
    ManualClock clock{start_of_day(make_date(2024, 3, 7))};
    DisputeLog log{store};
    std::unique_ptr<sinks::Sink> sink;
    std::unique_ptr<sinks::Runner> runner;

    explicit Office(std::string_view properties = "{}") {
        const auto document = json::parse(fmt::format(R"({{"brokers": "{}", "topic": "{}", "properties": {}}})",
                                                      cluster.brokers(), topic, properties),
                                          "test");
        REQUIRE(document);
        auto made = sinks::make_kafka_sink(json::Node(*document, "test"), {"kafka", "/", clock});
        if (!made) FAIL(made.error().detail);
        sink = std::move(*made);
        restart();
    }
    void restart() {
        runner = std::make_unique<sinks::Runner>(store, store, clock, *sink, test_settings());
        REQUIRE(runner->open());
    }
    void run(int steps_max = 200) {
        for (int i = 0; i < steps_max; ++i) {
            const auto step = runner->step();
            REQUIRE(step);
            if (step->kind == sinks::Runner::Step::Kind::idle) return;
            if (step->wake_at) clock.set(*step->wake_at);
        }
    }
};

/// Every position is there, and of each case, which has one partition, in order; repetitions do not count.
void check_complete(const std::vector<Consumed>& all, Position head) {
    std::set<Position> seen;
    std::map<std::string, std::uint64_t> newest;
    std::map<std::string, std::int32_t> partition;
    for (const auto& one : all) {
        if (!seen.insert(std::stoull(one.headers.at("ce_id"))).second) continue;
        const auto version = std::stoull(one.headers.at("ce_caseversion"));
        CHECK(version == ++newest[one.key]);
        CHECK(partition.emplace(one.key, one.partition).first->second == one.partition);
    }
    CHECK(seen.size() == head);
}

}  // namespace

TEST_CASE("events reach a topic in binary mode, keyed by their case and in order") {
    Office office;
    Random random(11);
    office.log.append_some(random, 60, 7);
    office.run();
    const auto all = office.cluster.consume(60);
    REQUIRE(all.size() == 60);
    check_complete(all, 60);
    for (const auto& one : all) {
        CHECK(one.headers.at("ce_specversion") == "1.0");
        CHECK(one.headers.at("content-type") == "application/json");
        CHECK(one.headers.at("ce_partitionkey") == one.key);
        CHECK(one.headers.at("ce_type").starts_with("cn.gov.540629.dispute."));
        CHECK(boost::json::parse(one.value).is_object());
    }
}

TEST_CASE("brokers that refuse, forget or go away for a while lose nothing") {
    Office office;
    Random random(12);
    office.log.append_some(random, 30, 5);
    constexpr std::int16_t produce_request = 0;
    rd_kafka_mock_push_request_errors(office.cluster.mock(), produce_request, 5,
                                      RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
                                      RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                                      RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND);
    office.run();
    office.restart();
    office.log.append_some(random, 20, 5);
    office.run();
    check_complete(office.cluster.consume(50), 50);
}

TEST_CASE("no broker at all is trouble, and everything arrives when they are back") {
    Office office;
    Random random(13);
    office.log.append_some(random, 10, 3);
    office.cluster.set_up(false);
    REQUIRE(office.runner->step());
    const auto status = office.runner->status();
    REQUIRE(status);
    CHECK(status->trouble.contains("Kafka"));
    CHECK(status->cursor == 0);
    CHECK(status->parked == 0);
    office.cluster.set_up(true);
    office.run();
    check_complete(office.cluster.consume(10), 10);
}

TEST_CASE("a message larger than the cluster takes parks its case alone") {
    Office office(R"({"message.max.bytes": "2000"})");
    office.log.append(1, dispute::ConsentGiven{.party = 1});
    dispute::CaseAccepted large{.rules = std::string(5000, 'x')};
    office.log.append(2, large);
    office.log.append(2, dispute::ConsentGiven{.party = 1});
    office.log.append(1, dispute::ConsentGiven{.party = 2});
    office.run();
    CHECK(office.cluster.consume(2).size() == 2);
    CHECK(office.runner->status()->parked == 1);
    REQUIRE(office.runner->held(9).size() == 1);
    CHECK(office.runner->held(9)[0].hold.reason.contains("MSG_SIZE_TOO_LARGE"));
}

TEST_CASE("settings may not loosen what is promised nor hold a password") {
    const ManualClock clock{{}};
    const auto complaint = [&](std::string_view properties) {
        const auto document = json::parse(
            fmt::format(R"({{"brokers": "b:9092", "topic": "t", "properties": {}}})", properties), "sinks.json");
        REQUIRE(document);
        const auto made = sinks::make_kafka_sink(json::Node(*document, "sinks.json"), {"kafka", "/", clock});
        REQUIRE_FALSE(made);
        return made.error().detail;
    };
    CHECK(complaint(R"({"acks": "0"})").contains("acks"));
    CHECK(complaint(R"({"enable.idempotence": "false"})").contains("enable.idempotence"));
    CHECK(complaint(R"({"sasl.password": "x"})").contains("secret_properties"));
}

}  // namespace anjie::test
