#include "adapters/anjie/served_sinks.hpp"

namespace anjie {
namespace {

class ServedSinks final : public service::Sinks {
public:
    explicit ServedSinks(sinks::SinkHost& host) : host_(host) {}

    [[nodiscard]] Result<std::vector<service::SinkStatus>> status() const override {
        ANJIE_TRY(const auto all, host_.status());
        std::vector<service::SinkStatus> shown;
        for (const auto& one : all)
            shown.push_back({.name = one.name,
                             .kind = one.kind,
                             .destination = one.destination,
                             .state = std::string(code_of(one.state)),
                             .cursor = one.cursor,
                             .lag_seconds = static_cast<double>(one.lag_seconds),
                             .waiting = one.waiting,
                             .parked = one.parked,
                             .dropped = one.dropped,
                             .trouble = one.trouble});
        return shown;
    }
    [[nodiscard]] Result<void> pause(std::string_view name) override { return host_.pause(name); }
    [[nodiscard]] Result<void> resume(std::string_view name) override { return host_.resume(name); }
    [[nodiscard]] Result<void> resend(std::string_view name, Position from) override {
        return host_.resend(name, from);
    }

private:
    sinks::SinkHost& host_;
};

}  // namespace

std::unique_ptr<service::Sinks> served_sinks(sinks::SinkHost& host) { return std::make_unique<ServedSinks>(host); }

}  // namespace anjie
