#include "adapters/http/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "engine/assert.hpp"

namespace anjie::http {
namespace {

std::string escaped(std::string_view text, bool quotes) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '"' && quotes)
            out += "\\\"";
        else
            out += c;
    }
    return out;
}

/// The inner part of {a="b",c="d"}.
std::string text_of(const Metrics::Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels)
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value, true));
    return text;
}

std::string braced(const std::string& labels) { return labels.empty() ? "" : "{" + labels + "}"; }

std::string number(double value) { return fmt::format("{}", value); }

template <class T>
struct Family {
    std::string help;
    std::map<std::string, std::unique_ptr<T>> series;  ///< By the text of their labels.
};

struct Sampled {
    std::string help;
    std::function<double()> value;
    bool counter{};
};

template <class T, class... Arguments>
T& series_of(std::map<std::string, Family<T>>& families, std::string_view name, std::string_view help,
             Metrics::Labels labels, const Arguments&... arguments) {
    auto& family = families[std::string(name)];
    if (family.help.empty()) family.help = help;
    auto found = family.series.find(text_of(labels));
    if (found == family.series.end() && family.series.size() >= Metrics::series_max) {
        for (auto& label : labels) label.second = "other";
        found = family.series.find(text_of(labels));
    }
    if (found == family.series.end())
        found = family.series.emplace(text_of(labels), std::make_unique<T>(arguments...)).first;
    return *found->second;
}

void print(std::string& out, const std::string& name, const std::string& labels, const Histogram& histogram) {
    const auto comma = labels.empty() ? "" : ",";
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
        total += histogram.count(i);
        out +=
            fmt::format("{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels, comma, number(histogram.bounds()[i]), total);
    }
    total += histogram.count(histogram.bounds().size());
    out += fmt::format("{}_bucket{{{}{}le=\"+Inf\"}} {}\n", name, labels, comma, total);
    out += fmt::format("{0}_sum{1} {2}\n{0}_count{1} {3}\n", name, braced(labels), number(histogram.sum()), total);
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {
    ANJIE_ASSERT(std::ranges::is_sorted(bounds_));
}

void Histogram::observe(double value) {
    const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin());
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::count(std::size_t bucket) const { return counts_[bucket].load(std::memory_order_relaxed); }

std::vector<double> request_seconds_bounds() {
    return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

struct Metrics::Impl {
    mutable std::mutex mutex;
    std::map<std::string, Family<Counter>> counters;
    std::map<std::string, Family<Gauge>> gauges;
    std::map<std::string, Family<Histogram>> histograms;
    std::map<std::string, Sampled> samples;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return series_of(impl_->counters, name, help, labels);
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return series_of(impl_->gauges, name, help, labels);
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                              const Labels& labels) {
    const std::scoped_lock lock(impl_->mutex);
    return series_of(impl_->histograms, name, help, labels, bounds);
}

void Metrics::sample(std::string_view name, std::string_view help, std::function<double()> value, bool counter) {
    const std::scoped_lock lock(impl_->mutex);
    impl_->samples[std::string(name)] = {std::string(help), std::move(value), counter};
}

std::string Metrics::text() const {
    const std::scoped_lock lock(impl_->mutex);
    std::string out;
    const auto begin = [&](const std::string& name, const std::string& help, std::string_view kind) {
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, escaped(help, false), kind);
    };
    for (const auto& [name, family] : impl_->counters) {
        begin(name, family.help, "counter");
        for (const auto& [labels, counter] : family.series)
            out += fmt::format("{}{} {}\n", name, braced(labels), counter->value());
    }
    for (const auto& [name, family] : impl_->gauges) {
        begin(name, family.help, "gauge");
        for (const auto& [labels, gauge] : family.series)
            out += fmt::format("{}{} {}\n", name, braced(labels), number(gauge->value()));
    }
    for (const auto& [name, family] : impl_->histograms) {
        begin(name, family.help, "histogram");
        for (const auto& [labels, histogram] : family.series) print(out, name, labels, *histogram);
    }
    for (const auto& [name, sampled] : impl_->samples) {
        begin(name, sampled.help, sampled.counter ? "counter" : "gauge");
        out += fmt::format("{} {}\n", name, number(sampled.value()));
    }
    return out;
}

}  // namespace anjie::http
