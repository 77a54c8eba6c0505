#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "adapters/api/detail/routes.hpp"
#include "adapters/json/dispute_command.hpp"
#include "adapters/json/dispute_event.hpp"

namespace anjie::api::detail {
namespace {

using http::Method;
using http::Request;
using http::Response;
using service::Answer;
using service::Caller;

/// {"command": NAME, "fields": {...}, "sealed": [...], "occurred_at": ..., "organisation": ...}
Result<service::SubmitOrder> order_of(const Request& request, std::string_view name_when_left_out) {
    ANJIE_TRY(const auto body, json_body(request));
    const json::Node node(body, "body");
    ANJIE_CHECK(node.has_only({"command", "fields", "sealed", "occurred_at", "organisation"}));
    service::SubmitOrder order;
    std::string name(name_when_left_out);
    ANJIE_TRY(const auto named, node.find("command"));
    if (named) {
        ANJIE_TRY(name, named->text());
    }
    if (!name_when_left_out.empty() && name != name_when_left_out)
        return failure(ErrorCode::invalid,
                       fmt::format("body: command: only {} / 只能是 {}", name_when_left_out, name_when_left_out));
    ANJIE_TRY(const auto fields, node.find("fields"));
    if (fields) {
        const auto* object = fields->value().if_object();
        if (object == nullptr) return fields->complaint("write an object of the command's fields");
        if (object->contains("command")) return fields->complaint("\"command\" is no field");
        order.command = *object;
    }
    if (name.empty()) return failure(ErrorCode::invalid, "body: command: write its name, for example \"give_consent\"");
    order.command["command"] = name;
    ANJIE_TRY(const auto sealed, node.find("sealed"));
    if (sealed) {
        ANJIE_TRY(order.sealed, json::sealed_from_json(*sealed));
    }
    ANJIE_TRY(const auto occurred_at, node.find("occurred_at"));
    if (occurred_at) {
        ANJIE_TRY(order.occurred_at, occurred_at->text());
    }
    ANJIE_TRY(const auto organisation, node.find("organisation"));
    if (organisation) {
        ANJIE_TRY(order.organisation, organisation->text());
    }
    return order;
}

Response done(const service::Submitted& submitted, bool created) {
    const auto& committed = submitted.committed;
    auto response = json_answer(boost::json::object{{"case_id", to_string(committed.case_id)},
                                                    {"case", submitted.number},
                                                    {"first_version", committed.first},
                                                    {"last_version", committed.last},
                                                    {"position", committed.position},
                                                    {"repeated", committed.repeated}},
                                created ? 201 : 200);
    if (created) response.headers.set("Location", "/v1/cases/" + to_string(committed.case_id));
    return response;
}

/// What an order needs before it is looked at, or the problem it has.
std::optional<Response> prepared(const Request& request, service::SubmitOrder& order, std::string_view command) {
    if (!is_json(request)) return problem_of(request, "unsupported-media-type");
    const auto key = key_of(request);
    if (!key)
        return problem_of(request, "idempotency-key-missing",
                          std::string(http::pick(request, "1 到 255 个可见 ASCII 字符，可加引号",
                                                 "1 to 255 visible ASCII characters, with or without quotes")));
    auto parsed = order_of(request, command);
    if (!parsed) return problem_of(request, service::Trouble{parsed.error()});
    order = std::move(*parsed);
    order.key = fmt::format("{} {}", request.route, *key);
    return std::nullopt;
}

void submit(const Shared& api, const std::shared_ptr<Request>& request, const http::Reply& reply,
            service::SubmitOrder order, bool created) {
    const auto* asker = request->attached<Asker>();
    if (asker == nullptr) return reply(problem_of(*request, "unauthenticated"));
    api->service.submit(asker->caller, std::move(order),
                        [request, reply, created](const Answer<service::Submitted>& answer) {
                            reply(answer ? done(*answer, created) : problem_of(*request, answer.error()));
                        });
}

void register_case(const Shared& api, const std::shared_ptr<Request>& request, const http::Reply& reply) {
    service::SubmitOrder order;
    if (auto problem = prepared(*request, order, dispute::RegisterCase::name)) return reply(std::move(*problem));
    if (const auto none = request->headers.find("If-None-Match")) {
        if (*none != "*")
            return reply(
                problem_of(*request, service::Trouble{Error{ErrorCode::invalid, "If-None-Match: only * / 只能是 *"}}));
        order.expected_version = 0;
    }
    submit(api, request, reply, std::move(order), true);
}

void give_command(const Shared& api, const std::shared_ptr<Request>& request, const http::Reply& reply) {
    service::SubmitOrder order;
    if (auto problem = prepared(*request, order, {})) return reply(std::move(*problem));
    const auto match = request->headers.find("If-Match");
    if (!match) return reply(problem_of(*request, "if-match-missing"));
    if (*match != "*") {
        // A tag that cannot be one of ours matches no version.
        order.expected_version = version_in_tag(*match).value_or(std::numeric_limits<Version>::max());
    }
    order.reference = request->parameters.get("case");
    submit(api, request, reply, std::move(order), false);
}

/// Every command that may be given from outside, with its fields: for forms and for help.
Answer<Response> forms(Request& request, const Caller&) {
    Query query(request);
    ANJIE_DEMAND(query.check());
    boost::json::array commands;
    for (const auto& form : json::command_forms()) {
        const auto action = service::action_of(form.name);
        if (!action) continue;
        boost::json::array fields;
        for (const auto& field : form.details)
            fields.push_back({{"name", field.name},
                              {"required", field.required},
                              {"list", field.is_list},
                              {"form", field.form},
                              {"codes", boost::json::array(field.codes.begin(), field.codes.end())}});
        commands.push_back({{"command", form.name},
                            {"zh", form.title.zh},
                            {"en", form.title.en},
                            {"needs", access::code_of(*action)},
                            {"fields", std::move(fields)}});
    }
    return json_answer(boost::json::object{{"commands", std::move(commands)}});
}

}  // namespace

void add_command_routes(http::Router& router, const Shared& api) {
    router.add_async(Method::post, "/v1/cases",
                     [api](const std::shared_ptr<Request>& request, const http::Reply& reply) {
                         register_case(api, request, reply);
                     });
    router.add_async(Method::post, "/v1/cases/{case}/commands",
                     [api](const std::shared_ptr<Request>& request, const http::Reply& reply) {
                         give_command(api, request, reply);
                     });
    add(router, api, Method::get, "/v1/commands", forms);
}

}  // namespace anjie::api::detail
