#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anjie::http {

/// Only grows. Threads: any.
class Counter {
public:
    void add(std::uint64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{};
};

/// Goes up and down. Threads: any.
class Gauge {
public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double more) { value_.fetch_add(more, std::memory_order_relaxed); }
    [[nodiscard]] double value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{};
};

/// How many values were up to each bound. Threads: any.
class Histogram {
public:
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);
    [[nodiscard]] const std::vector<double>& bounds() const { return bounds_; }
    /// Of one bucket alone; the last is for what is beyond every bound.
    [[nodiscard]] std::uint64_t count(std::size_t bucket) const;
    [[nodiscard]] double sum() const { return sum_.load(std::memory_order_relaxed); }

private:
    std::vector<double> bounds_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
    std::atomic<double> sum_{};
};

/// Bounds for times of requests, in seconds: 0.5 ms to 10 s.
[[nodiscard]] std::vector<double> request_seconds_bounds();

/// The numbers a process shows, as Prometheus' text format has them. Labels never hold personal data or whatever else
/// a client can choose: a family keeps at most `series_max` of them, and further ones share one with the value "other".
/// Threads: every method may be called from any thread; references stay valid as long as this object.
class Metrics {
public:
    static constexpr std::size_t series_max = 256;
    using Labels = std::vector<std::pair<std::string, std::string>>;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// The one of that name and labels, made on first use. Requires: a name is of one kind.
    Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
    Histogram& histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                         const Labels& labels = {});
    /// Asked each time the text is made. `counter`: of a thing that only grows and is counted elsewhere.
    void sample(std::string_view name, std::string_view help, std::function<double()> value, bool counter = false);

    /// text/plain; version=0.0.4
    [[nodiscard]] std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Resident memory, open descriptors, CPU time and start of this process.
void sample_process(Metrics& metrics);

}  // namespace anjie::http
