#include "adapters/anjie/checkpoint_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/anjie/checkpoint_book.hpp"
#include "adapters/anjie/verifier_key_text.hpp"
#include "adapters/witness/files.hpp"
#include "engine/trust/witness.hpp"
#include "storage/crypto/openssl_suite.hpp"

namespace anjie {
namespace {

using cli::CheckpointOrder;
using cli::Console;
using cli::Exit;

boost::json::array json_of(const std::vector<VerifierKey>& keys) {
    boost::json::array array;
    for (const auto& key : keys) array.push_back(boost::json::string(to_string(key)));
    return array;
}

boost::json::value json_of(const std::optional<ContinuedLog>& before) {
    if (!before) return nullptr;
    boost::json::object json{{"origin", before->origin}};
    if (before->last) {
        json["size"] = before->last->checkpoint.size;
        json["root"] = to_base64(before->last->checkpoint.root.bytes);
    }
    return json;
}

Exit show(const Console& console, const SignedHead& head, const std::vector<VerifierKey>& keys,
          const CheckpointBook& book) {
    const auto before = book.continues();
    if (!before) return console.fail(before.error());
    if (console.json) {
        console.line(boost::json::serialize(boost::json::object{{"origin", head.checkpoint.origin},
                                                                {"size", head.checkpoint.size},
                                                                {"root", to_base64(head.checkpoint.root.bytes)},
                                                                {"keys", json_of(keys)},
                                                                {"continues", json_of(*before)},
                                                                {"note", head.note}}));
        return Exit::ok;
    }
    console.print(head.note);
    if (*before)
        console.note(fmt::format(fmt::runtime(console.pick("由备份恢复：延续 {}，至第 {} 个事件",
                                                           "Restored from a backup: continues {} at {}")),
                                 (*before)->origin, (*before)->last ? (*before)->last->checkpoint.size : 0));
    console.note(
        fmt::format(fmt::runtime(console.pick("核验用公钥（请另行可靠地交给审计方）：{}",
                                              "Verifier key (give it to the auditor by a way of its own): {}")),
                    to_string(keys.front())));
    return Exit::ok;
}

Exit write(const Console& console, const SignedHead& head, const std::vector<VerifierKey>& keys,
           const CheckpointOrder& order) {
    if (const auto written = witness::replace_file(order.file, head.note); !written)
        return console.fail(written.error());
    console.note(fmt::format(fmt::runtime(console.pick("已写入 {}：{}，共 {} 个事件。公钥：{}",
                                                       "Written to {}: {} at {} events. Verifier key: {}")),
                             order.file.string(), head.checkpoint.origin, head.checkpoint.size,
                             to_string(keys.front())));
    return Exit::ok;
}

Exit list_keys(const Console& console, const std::vector<VerifierKey>& keys) {
    if (console.json) {
        console.line(boost::json::serialize(boost::json::object{{"keys", json_of(keys)}}));
        return Exit::ok;
    }
    for (const auto& key : keys) console.line(to_string(key));
    return Exit::ok;
}

Exit announce(const Console& console, const Result<VerifierKey>& key) {
    if (!key) return console.fail(key.error());
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"vkey", to_string(*key)}}));
    else
        console.line(to_string(*key));
    console.note(console.pick("把这个公钥交给审计方和见证方。", "Give this key to auditors and witnesses."));
    return Exit::ok;
}

Exit request(const Console& console, const Workspace& workspace, const SignedHead& head, const CheckpointOrder& order) {
    if (order.from > head.checkpoint.size)
        return console.fail({ErrorCode::invalid,
                             fmt::format(fmt::runtime(console.pick("--from {} 大于检查点的 {} 个事件",
                                                                   "--from {} is beyond the checkpoint's {} events")),
                                         order.from, head.checkpoint.size)});
    const auto tree = workspace.tree(head.checkpoint.size);
    auto proof = prove_consistency(openssl_suite().hasher, *tree, order.from, head.checkpoint.size);
    if (!proof) return console.fail(proof.error());
    const auto body = to_string(WitnessRequest{order.from, std::move(*proof), head.note});
    if (order.file == "-") {
        console.print(body);
        return Exit::ok;
    }
    if (const auto written = witness::replace_file(order.file, body); !written) return console.fail(written.error());
    console.note(fmt::format(fmt::runtime(console.pick("已写入 {}；交见证方：anjie witness cosign 目录 {}",
                                                       "Written to {}; the witness runs: anjie witness cosign DIR {}")),
                             order.file.string(), order.file.filename().string()));
    return Exit::ok;
}

Exit cosign(const Console& console, CheckpointBook& book, const CheckpointOrder& order) {
    std::vector<VerifierKey> witnesses;
    for (const auto& text : order.witnesses) {
        auto key = verifier_key_from(text);
        if (!key) return console.fail(key.error());
        witnesses.push_back(std::move(*key));
    }
    const auto file = order.file == "-" ? std::filesystem::path("/dev/stdin") : order.file;
    const auto lines = witness::read_file(file, NoteLimits::note_bytes_max);
    if (!lines) return console.fail(lines.error());
    if (!*lines) return console.fail({ErrorCode::not_found, fmt::format("there is no file {}", file.string())});
    const auto head = book.add_cosignatures(**lines, witnesses);
    if (!head) return console.fail(head.error());
    console.print(head->note);
    return Exit::ok;
}

}  // namespace

Result<SignedHead> read_held_checkpoint(const std::filesystem::path& file, const std::vector<std::string>& texts) {
    std::vector<VerifierKey> keys;
    for (const auto& text : texts) {
        ANJIE_TRY(auto key, verifier_key_from(text));
        keys.push_back(std::move(key));
    }
    if (keys.empty())
        return failure(ErrorCode::invalid, "say whose signature is believed: --key KEY / 请用 --key 指明公钥");
    ANJIE_TRY(auto note, witness::read_file(file, NoteLimits::note_bytes_max));
    if (!note) return failure(ErrorCode::not_found, fmt::format("there is no file {}", file.string()));
    ANJIE_TRY(auto opened, open_checkpoint(openssl_suite(), *note, keys));
    return SignedHead{std::move(*note), std::move(opened.checkpoint)};
}

Exit checkpoint_command(const Console& console, Workspace& workspace, const CheckpointOrder& order) {
    using Verb = CheckpointOrder::Verb;
    CheckpointBook book(order.root);
    const auto size = workspace.events().head();
    if (order.verb == Verb::cosign) return cosign(console, book, order);
    if (order.verb == Verb::rotate_key) return announce(console, book.rotate(*workspace.tree(size), size));
    if (order.verb == Verb::add_sm2_key) return announce(console, book.add_sm2_key());
    const auto keys = workspace.log_keys();
    if (!keys) return console.fail(keys.error());
    if (order.verb == Verb::keys) return list_keys(console, *keys);
    const auto head = workspace.sign_checkpoint();
    if (!head) return console.fail(head.error());
    switch (order.verb) {
        case Verb::show:
            return show(console, *head, *keys, book);
        case Verb::write:
            return write(console, *head, *keys, order);
        case Verb::request:
            return request(console, workspace, *head, order);
        case Verb::keys:
        case Verb::rotate_key:
        case Verb::add_sm2_key:
        case Verb::cosign:
            break;
    }
    return Exit::failure;
}

}  // namespace anjie
