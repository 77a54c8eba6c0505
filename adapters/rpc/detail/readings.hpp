#pragma once

#include <memory>

#include "adapters/rpc/detail/desk.hpp"
#include "adapters/rpc/office.capnp.h"

namespace anjie::rpc::detail {

/// What every office that reads cases has in common.
class Readings : public virtual schema::Reading::Server {
public:
    Readings(std::shared_ptr<Desk> desk, Office office) : desk_(std::move(desk)), office_(office) {}

    kj::Promise<void> list(ListContext context) override;
    kj::Promise<void> show(ShowContext context) override;
    kj::Promise<void> history(HistoryContext context) override;
    kj::Promise<void> due(DueContext context) override;

protected:
    std::shared_ptr<Desk> desk_;
    Office office_;
};

/// Statistics and findings.
class FiguresOffice : public virtual schema::Figures::Server {
public:
    FiguresOffice(std::shared_ptr<Desk> desk, Office office) : asked_(std::move(desk)), of_(office) {}

    kj::Promise<void> report(ReportContext context) override;
    kj::Promise<void> findings(FindingsContext context) override;

private:
    std::shared_ptr<Desk> asked_;
    Office of_;
};

/// A case's view as text, made on a worker.
struct ShownCase {
    CaseId id;
    Version version{};
    std::string view;
};
[[nodiscard]] kj::Promise<service::Answer<ShownCase>> shown_case(Desk& desk, Office office,
                                                                 service::CaseRequest request);
void write(schema::CaseAnswer::Builder to, const ShownCase& shown);
/// {"allowed": ..., "refused": ...} of a case.
[[nodiscard]] kj::Promise<service::Answer<ShownCase>> case_actions(Desk& desk, Office office, std::string reference);

/// Writes the trouble of an answer, if it is one: `if (!given(results, answer)) return;`.
template <class Results, class T>
[[nodiscard]] bool given(Results& results, const service::Answer<T>& answer) {
    if (!answer) write(results.initTrouble(), answer.error());
    return answer.has_value();
}

}  // namespace anjie::rpc::detail
