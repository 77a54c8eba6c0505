// A program that is fed by an office and gives it orders, over Cap'n Proto RPC (docs/rpc.md).
//
//   rpc_client ADDRESS follow [AFTER [COUNT]]   prints the events after a position as they come, COUNT of them
//   rpc_client ADDRESS catch-up [AFTER]         the same up to the end of the log
//   rpc_client ADDRESS show CASE                a case as JSON
//   rpc_client ADDRESS submit CASE COMMAND [KEY]      one order, for example '{"command": "give_consent", "party": 2}'
//   rpc_client ADDRESS register COMMAND [NAME [KEY]]  a new case; NAME is the applicant's
//   rpc_client ADDRESS who
//
// The same order under the same KEY is carried out once, however often it is sent.
// Who logs in is told by ANJIE_TOKEN, or by ANJIE_USER and ANJIE_PASSWORD; with TLS, ANJIE_TRUSTED names the
// certificate to trust. The exit code is 0, or 1 when it came to nothing, with the reason on standard error.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "adapters/rpc/client/client.hpp"

namespace {

using namespace anjie;
using namespace anjie::rpc::client;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

int failed(const Trouble& trouble) {
    std::fprintf(stderr, "%s: %s / %s\n", trouble.code.c_str(), trouble.message.en.c_str(), trouble.message.zh.c_str());
    if (!trouble.remedy.en.empty())
        std::fprintf(stderr, "%s / %s\n", trouble.remedy.en.c_str(), trouble.remedy.zh.c_str());
    return 1;
}

int print_receipt(const Reply<Receipt>& receipt) {
    if (!receipt) return failed(receipt.error());
    std::printf("%s %s versions %u to %u, position %llu%s\n", to_string(receipt->case_id).c_str(),
                receipt->number.c_str(), receipt->first, receipt->last,
                static_cast<unsigned long long>(receipt->position), receipt->repeated ? ", sent before" : "");
    return 0;
}

int follow(Client& client, Position after, std::uint64_t count, bool to_head) {
    std::uint64_t seen = 0;
    const auto print = [&](const FeedEvent& event) {
        std::printf("%llu %s %s %s\n", static_cast<unsigned long long>(event.header.position),
                    to_string(event.header.recorded_at).c_str(), event.case_number.c_str(), event.name.c_str());
        std::fflush(stdout);
        return ++seen != count;
    };
    const auto progress = [&](const FeedProgress& feed) { return !to_head || feed.next < feed.head; };
    const auto end = client.follow({.after = after, .heartbeat_seconds = 1}, print, progress);
    return end ? 0 : failed(end.error());
}

int run(Client& client, const std::vector<std::string>& words) {
    const auto word = [&](std::size_t index) { return index < words.size() ? words[index] : std::string(); };
    const auto number = [&](std::size_t index) { return std::strtoull(word(index).c_str(), nullptr, 10); };
    const auto what = word(1);
    if (what == "follow") return follow(client, number(2), number(3), false);
    if (what == "catch-up") return follow(client, number(2), 0, true);
    if (what == "submit")
        return print_receipt(client.submit({.reference = word(2), .command = word(3), .key = word(4)}));
    if (what == "register") {
        Order order{.reference = {}, .command = word(2), .key = word(4)};
        if (!word(3).empty()) order.sealed.push_back({.subject = 1, .field = 1, .text = word(3)});
        return print_receipt(client.submit(order));
    }
    if (what == "show") {
        const auto shown = client.show(word(2));
        if (!shown) return failed(shown.error());
        std::printf("%s\n", shown->view.c_str());
        return 0;
    }
    const auto& who = client.who();
    std::printf("%s%s%s%s%s\n", who.id.c_str(), who.case_worker ? " case_worker" : "",
                who.supervisor ? " supervisor" : "", who.auditor ? " auditor" : "", who.feed ? " feed" : "");
    return what == "who" ? 0 : 2;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.size() < 2) {
        std::fprintf(stderr, "rpc_client ADDRESS follow|catch-up|show|submit|register|who ...\n");
        return 2;
    }
    const auto client = Client::connect({.address = words[0], .trusted = environment("ANJIE_TRUSTED")},
                                        {.token = environment("ANJIE_TOKEN"),
                                         .name = environment("ANJIE_USER"),
                                         .password = environment("ANJIE_PASSWORD"),
                                         .program = "rpc_client",
                                         .purpose = "example"});
    if (!client) return failed(client.error());
    return run(**client, words);
}
