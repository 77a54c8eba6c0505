#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::process_mining {

/// Where the bytes of an export go.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    /// Errors: `unavailable` (disk full, pipe closed).
    [[nodiscard]] virtual Result<void> write(std::string_view bytes) = 0;
};

/// An open file descriptor, for example standard output. Does not close it.
class DescriptorSink final : public ByteSink {
public:
    explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] Result<void> write(std::string_view bytes) override;

private:
    int descriptor_;
};

/// Gathers small texts into large writes. Remembers the first failure; after it everything is dropped.
class Output {
public:
    explicit Output(ByteSink& sink) : sink_(sink) {}

    Output& operator<<(std::string_view text);
    [[nodiscard]] bool failed() const { return !status_; }
    /// Hands over what is still held. Errors: the first one that occurred.
    [[nodiscard]] Result<void> flush();

private:
    ByteSink& sink_;
    std::string held_;
    Result<void> status_;
};

}  // namespace anjie::process_mining
