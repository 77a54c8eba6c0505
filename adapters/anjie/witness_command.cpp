#include "adapters/anjie/witness_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstdio>

#include "adapters/anjie/verifier_key_text.hpp"
#include "adapters/witness/files.hpp"
#include "adapters/witness/http_server.hpp"
#include "adapters/witness/witness_directory.hpp"
#include "engine/clock.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using cli::WitnessOrder;
using witness::WitnessDirectory;

Exit initialise(const Console& console, const WitnessOrder& order) {
    const auto made = WitnessDirectory::create(openssl_suite(), order.directory, order.name);
    if (!made) return console.fail(made.error());
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"vkey", to_string(*made)}}));
    else
        console.line(to_string(*made));
    console.note(console.pick("把这一行公钥交给要核对副署的人；目录中的 key 是私钥，不得外传。",
                              "Give this verifier key to those who check cosignatures; the file `key` is secret."));
    return Exit::ok;
}

Exit trust(const Console& console, WitnessDirectory& directory, const WitnessOrder& order) {
    const auto key = verifier_key_from(order.verifier_key);
    if (!key) return console.fail(key.error());
    const auto added = directory.trust(*key);
    if (!added) return console.fail(added.error());
    console.note(fmt::format(fmt::runtime(*added ? console.pick("已信任日志 {}", "Trusts the log {} now")
                                                 : console.pick("早已信任日志 {}", "Trusted the log {} already")),
                             key->name));
    return Exit::ok;
}

Exit serve(const Console& console, Witness& serving, const WitnessOrder& order) {
    const auto address = http::parse_address(order.address);
    if (!address) return console.fail(address.error());
    const auto served =
        witness::serve_witness(serving, *address, witness::witness_limits(), [&](const http::Address& got) {
            const auto url = "http://" + to_string(got);
            console.line(console.json ? boost::json::serialize(boost::json::object{{"listening", url}}) : url);
            std::fflush(stdout);
        });
    return served ? Exit::ok : console.fail(served.error());
}

Exit exit_of(WitnessAnswer::Status status) {
    switch (status) {
        case WitnessAnswer::Status::cosigned:
            return Exit::ok;
        case WitnessAnswer::Status::malformed:
            return Exit::usage;
        case WitnessAnswer::Status::not_signed:
        case WitnessAnswer::Status::not_consistent:
            return Exit::verification_failed;
        case WitnessAnswer::Status::unknown_log:
            return Exit::not_found;
        case WitnessAnswer::Status::another_size:
            return Exit::conflict;
        case WitnessAnswer::Status::unavailable:
            return Exit::unavailable;
    }
    return Exit::failure;
}

Exit cosign(const Console& console, Witness& signing, const WitnessOrder& order) {
    const auto file = order.request == "-" ? std::filesystem::path("/dev/stdin") : order.request;
    const auto body = witness::read_file(file, WitnessLimits::request_bytes_max);
    if (!body) return console.fail(body.error());
    if (!*body) return console.fail({ErrorCode::not_found, fmt::format("there is no file {}", file.string())});
    const auto answer = signing.add_checkpoint(**body);
    if (console.json)
        console.line(boost::json::serialize(
            boost::json::object{{"status", static_cast<int>(answer.status)}, {"body", answer.body}}));
    else if (answer.status == WitnessAnswer::Status::cosigned)
        console.print(answer.body);
    const auto sentence = std::string_view(answer.body).substr(0, answer.body.size() - 1);
    if (answer.status == WitnessAnswer::Status::another_size)
        console.error(fmt::format(fmt::runtime(console.pick("见证方上次副署到 {} 条；请从该处作一致性证明再来",
                                                            "this witness last cosigned {} leaves; prove from there")),
                                  sentence));
    else if (answer.status != WitnessAnswer::Status::cosigned)
        console.error(fmt::format("{}: {}", static_cast<int>(answer.status), sentence));
    return exit_of(answer.status);
}

}  // namespace

Exit witness_command(const Console& console, const WitnessOrder& order) {
    if (order.verb == WitnessOrder::Verb::init) return initialise(console, order);
    auto directory = WitnessDirectory::open(openssl_suite(), order.directory);
    if (!directory) return console.fail(directory.error());
    if (order.verb == WitnessOrder::Verb::trust) return trust(console, *directory, order);
    const SystemClock clock;
    Witness working(openssl_suite(), directory->key(), [&] { return directory->trusted(); }, *directory, clock);
    // A list that cannot be read is said now, not with the first request.
    if (const auto logs = directory->trusted(); !logs) return console.fail(logs.error());
    return order.verb == WitnessOrder::Verb::serve ? serve(console, working, order) : cosign(console, working, order);
}

}  // namespace anjie
