#include <cstdio>
#include <cstdlib>

#include "adapters/rpc/client/client.hpp"

int main() {
    using namespace anjie::rpc::client;
    const char* token = std::getenv("ANJIE_TOKEN");
    const auto office = Client::connect({.address = "127.0.0.1:7443"}, {.token = token == nullptr ? "" : token});
    if (!office) return std::puts(office.error().message.en.c_str()), 1;

    const auto receipt = (*office)->submit({.reference = "尼阿调〔2024〕3号",
                                            .command = R"({"command": "give_consent", "party": 2})",
                                            .key = "our-system/4711"});
    if (!receipt) std::puts(receipt.error().message.en.c_str());  // and .zh, .code, .rule, .remedy

    const auto end = (*office)->follow({.after = 0}, [](const FeedEvent& event) {
        return std::printf("%s %s\n", event.case_number.c_str(), event.name.c_str()) > 0;
    });
    return end ? 0 : 1;
}
