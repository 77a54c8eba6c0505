#pragma once

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "engine/result.hpp"
#include "engine/time.hpp"

namespace anjie::api::detail {

/// The query of a request, read strictly: what is not known is not passed over. The first thing that is wrong is kept
/// and told by `check`; until then values are those that stand for "not said".
class Query {
public:
    explicit Query(const http::Request& request) : parameters_(request.query) {}

    [[nodiscard]] std::string text(std::string_view name);
    /// All of that name; commas separate too.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name, std::uint64_t low, std::uint64_t high);
    [[nodiscard]] std::optional<bool> flag(std::string_view name);
    [[nodiscard]] std::optional<Date> date(std::string_view name);
    /// One of these words; the first when nothing is said.
    [[nodiscard]] std::string_view one_of(std::string_view name, std::initializer_list<std::string_view> words);
    /// Errors: invalid, naming the parameter, what stands there and what may.
    [[nodiscard]] Result<void> check() const;

private:
    void complain(std::string_view name, std::string_view value, std::string_view advice);

    const http::Parameters& parameters_;
    std::set<std::string, std::less<>> known_;
    std::optional<Error> wrong_;
};

}  // namespace anjie::api::detail
