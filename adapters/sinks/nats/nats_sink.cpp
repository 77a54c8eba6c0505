#include "adapters/sinks/nats/nats_sink.hpp"

#include <fmt/format.h>
#include <nats/nats.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <set>

#include "engine/trust/hash.hpp"

namespace anjie::sinks {
namespace {

constexpr std::int64_t wait_ms = 5'000;
/// How far back the stream's end is read after connecting; a batch is not larger.
constexpr std::uint64_t tail_max = 1'000;

struct Destroy {
    void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
    void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
    void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
    void operator()(jsCtx* stream) const { jsCtx_Destroy(stream); }
    void operator()(jsStreamInfo* info) const { jsStreamInfo_Destroy(info); }
    void operator()(jsPubAck* ack) const { jsPubAck_Destroy(ack); }
};
template <class T>
using Owned = std::unique_ptr<T, Destroy>;

struct NatsSettings {
    std::string servers;
    std::string stream;
    std::string subject;
    std::string credentials_file;
    std::string ca_file;
    bool create_stream{};
};

Trouble trouble_of(natsStatus status) { return {.reason = fmt::format("NATS: {}", natsStatus_GetText(status))}; }

/// The value of a header in a message as the server stores it ("NATS/1.0\r\nname: value\r\n...").
std::string_view header_of(std::string_view headers, std::string_view name) {
    const auto key = fmt::format("\r\n{}:", name);
    const auto found = headers.find(key);
    if (found == std::string_view::npos) return {};
    auto value = headers.substr(found + key.size());
    value = value.substr(0, value.find("\r\n"));
    while (value.starts_with(' ')) value.remove_prefix(1);
    return value;
}

class NatsSink final : public Sink {
public:
    explicit NatsSink(NatsSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] std::string destination() const override {
        return fmt::format("{}/{}", settings_.servers, settings_.stream);
    }

    [[nodiscard]] Answer deliver(const Batch& batch, const std::stop_token& stop) override {
        if (auto status = connect(batch.deliveries.front().event.attribute("source")); status != NATS_OK) {
            disconnect();
            return {.outcomes = {}, .trouble = trouble_of(status)};
        }
        auto answer =
            one_after_another(batch.deliveries, stop, [&](const Delivery& delivery) { return publish(delivery); });
        if (answer.trouble)
            disconnect();
        else  // What is behind this batch comes again by order only, and then it is to be published.
            tail_.erase(tail_.begin(), tail_.upper_bound(batch.deliveries.back().position));
        return answer;
    }

private:
    void disconnect() {
        stream_.reset();
        connection_.reset();
    }

    [[nodiscard]] natsStatus options(Owned<natsOptions>& made) const {
        natsOptions* raw = nullptr;
        auto status = natsOptions_Create(&raw);
        made.reset(raw);
        if (status == NATS_OK) status = natsOptions_SetURL(raw, settings_.servers.c_str());
        // The runner waits and tries again; a client that does so behind its back would hide it.
        if (status == NATS_OK) status = natsOptions_SetAllowReconnect(raw, false);
        if (status == NATS_OK) status = natsOptions_SetTimeout(raw, wait_ms);
        if (status == NATS_OK) status = natsOptions_SetName(raw, "anjie");
        if (status == NATS_OK && !settings_.credentials_file.empty())
            status = natsOptions_SetUserCredentialsFromFiles(raw, settings_.credentials_file.c_str(), nullptr);
        if (status == NATS_OK && !settings_.ca_file.empty()) {
            status = natsOptions_SetSecure(raw, true);
            if (status == NATS_OK) status = natsOptions_LoadCATrustedCertificates(raw, settings_.ca_file.c_str());
        }
        return status;
    }

    [[nodiscard]] natsStatus connect(std::string_view source) {
        if (connection_ && natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED) return NATS_OK;
        disconnect();
        Owned<natsOptions> with;
        auto status = options(with);
        if (status != NATS_OK) return status;
        natsConnection* connection = nullptr;
        status = natsConnection_Connect(&connection, with.get());
        connection_.reset(connection);
        if (status != NATS_OK) return status;
        jsOptions stream_options;
        jsOptions_Init(&stream_options);
        stream_options.Wait = wait_ms;
        jsCtx* stream = nullptr;
        status = natsConnection_JetStream(&stream, connection_.get(), &stream_options);
        stream_.reset(stream);
        if (status != NATS_OK) return status;
        return read_tail(source);
    }

    [[nodiscard]] natsStatus create_stream() {
        jsStreamConfig config;
        jsStreamConfig_Init(&config);
        const auto subject = settings_.subject + ".>";
        const char* subjects[] = {subject.c_str()};
        config.Name = settings_.stream.c_str();
        config.Subjects = subjects;
        config.SubjectsLen = 1;
        config.Storage = js_FileStorage;
        jsErrCode code{};
        jsStreamInfo* info = nullptr;
        const auto status = js_AddStream(&info, stream_.get(), &config, nullptr, &code);
        jsStreamInfo_Destroy(info);
        return status;
    }

    /// What of ours the stream's end holds: published before, whether or not we were told.
    [[nodiscard]] natsStatus read_tail(std::string_view source) {
        tail_.clear();
        jsErrCode code{};
        jsStreamInfo* raw = nullptr;
        auto status = js_GetStreamInfo(&raw, stream_.get(), settings_.stream.c_str(), nullptr, &code);
        Owned<jsStreamInfo> info(raw);
        if (code == JSStreamNotFoundErr || status == NATS_NOT_FOUND)
            return settings_.create_stream ? create_stream() : NATS_NOT_FOUND;
        if (status != NATS_OK) return status;
        const auto last = info->State.LastSeq;
        const auto first = std::max(info->State.FirstSeq, last > tail_max ? last - tail_max : 0);
        const auto encoded_source = header_value(source);
        for (auto sequence = std::max<std::uint64_t>(first, 1); sequence <= last; ++sequence) {
            status = read_message(sequence, encoded_source);
            if (status != NATS_OK) return status;
        }
        return NATS_OK;
    }

    [[nodiscard]] natsStatus read_message(std::uint64_t sequence, std::string_view encoded_source) {
        natsMsg* raw = nullptr;
        const auto status = natsConnection_RequestString(
            &raw, connection_.get(), fmt::format("$JS.API.STREAM.MSG.GET.{}", settings_.stream).c_str(),
            fmt::format("{{\"seq\":{}}}", sequence).c_str(), wait_ms);
        const Owned<natsMsg> reply(raw);
        if (status != NATS_OK) return status;
        boost::system::error_code bad;
        const auto json = boost::json::parse(
            std::string_view(natsMsg_GetData(raw), static_cast<std::size_t>(natsMsg_GetDataLength(raw))), bad);
        const auto* object = bad ? nullptr : json.if_object();
        const auto* message = object == nullptr ? nullptr : object->if_contains("message");
        const auto* headers =
            message == nullptr || !message->is_object() ? nullptr : message->as_object().if_contains("hdrs");
        // A message that was deleted, or has no headers, is none of ours.
        if (headers == nullptr || !headers->is_string()) return NATS_OK;
        const auto bytes = from_base64(std::string_view(headers->as_string()));
        if (!bytes) return NATS_OK;
        const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
        if (header_of(text, "ce-source") != encoded_source) return NATS_OK;
        const auto id = header_of(text, "ce-id");
        Position position{};
        const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), position);
        if (error == std::errc{} && end == id.data() + id.size()) tail_.insert(position);
        return NATS_OK;
    }

    [[nodiscard]] std::variant<Outcome, Trouble> publish(const Delivery& delivery) {
        if (tail_.contains(delivery.position)) return Outcome{Outcome::Verdict::delivered, {}};
        const auto& event = delivery.event;
        natsMsg* raw = nullptr;
        auto status = natsMsg_Create(&raw, subject_of(event).c_str(), nullptr, event.data.data(),
                                     static_cast<int>(event.data.size()));
        Owned<natsMsg> message(raw);
        for (const auto& [name, value] : event.attributes)
            if (status == NATS_OK)
                status = name == "datacontenttype"
                             ? natsMsgHeader_Set(raw, "content-type", value.c_str())
                             : natsMsgHeader_Set(raw, ("ce-" + name).c_str(), header_value(value).c_str());
        if (status != NATS_OK) return trouble_of(status);
        const auto message_id = fmt::format("{}/{}", event.attribute("source"), event.attribute("id"));
        jsPubOptions with;
        jsPubOptions_Init(&with);
        with.MaxWait = wait_ms;
        with.MsgId = message_id.c_str();
        with.ExpectStream = settings_.stream.c_str();
        jsErrCode code{};
        jsPubAck* ack = nullptr;
        status = js_PublishMsg(&ack, stream_.get(), raw, &with, &code);
        const Owned<jsPubAck> acknowledged(ack);
        if (status == NATS_OK) return Outcome{Outcome::Verdict::delivered, {}};
        if (status == NATS_MAX_PAYLOAD)
            return Outcome{Outcome::Verdict::poison, "NATS: larger than the server takes / 超过服务器上限"};
        return trouble_of(status);
    }

    /// "ce.540629.dispute.case_registered".
    [[nodiscard]] std::string subject_of(const CloudEvent& event) const {
        constexpr std::string_view prefix = "urn:anjie:event:";
        auto name = event.attribute("dataschema").substr(prefix.size());
        name = name.substr(0, name.rfind(':'));
        return fmt::format("{}.{}", settings_.subject, name);
    }

    NatsSettings settings_;
    Owned<natsConnection> connection_;
    Owned<jsCtx> stream_;      // After the connection: destroyed before it.
    std::set<Position> tail_;  // Of ours, at the stream's end when connecting, and not passed since.
};

/// A word of a subject may have no space, '*', '>' or, in a stream's name, '.'.
bool is_subject(std::string_view text, bool dots) {
    return std::ranges::none_of(text, [&](char letter) {
        return letter <= ' ' || letter == '*' || letter == '>' || letter == 0x7f || (!dots && letter == '.');
    });
}

}  // namespace

Result<std::unique_ptr<Sink>> make_nats_sink(const json::Node& to, const SinkPlace& place) {
    ANJIE_CHECK(to.has_only({"servers", "stream", "subject", "credentials_file", "ca_file", "create_stream"}));
    NatsSettings settings;
    ANJIE_TRY(const auto servers, to.at("servers"));
    ANJIE_TRY(settings.servers, servers.text());
    if (settings.servers.contains('@'))
        return servers.complaint("no password here: use credentials_file / 密码另存文件");
    ANJIE_TRY(const auto stream, to.at("stream"));
    ANJIE_TRY(settings.stream, stream.text());
    if (!is_subject(settings.stream, false)) return stream.complaint("not a stream's name / 不是流的名称");
    ANJIE_TRY(const auto subject, to.at("subject"));
    ANJIE_TRY(settings.subject, subject.text());
    if (!is_subject(settings.subject, true)) return subject.complaint("write words with dots: ce.540629 / 不是主题");
    ANJIE_TRY(const auto credentials, to.find("credentials_file"));
    if (credentials) {
        ANJIE_CHECK(read_secret(*credentials, place));  // That nobody else can read it.
        ANJIE_TRY(const auto path, read_path(*credentials, place));
        settings.credentials_file = path.string();
    }
    ANJIE_TRY(const auto ca_file, to.find("ca_file"));
    if (ca_file) {
        ANJIE_TRY(const auto path, read_path(*ca_file, place));
        settings.ca_file = path.string();
    }
    ANJIE_TRY(const auto create, to.find("create_stream"));
    if (create) {
        ANJIE_TRY(settings.create_stream, create->flag());
    }
    return std::make_unique<NatsSink>(std::move(settings));
}

}  // namespace anjie::sinks
