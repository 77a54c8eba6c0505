#include "adapters/http/problem.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace anjie::http {

std::string_view pick(const Request& request, std::string_view zh, std::string_view en) {
    return request.language == Language::zh ? zh : en;
}

Response problem(const Request& request, const Problem& problem) {
    boost::json::object body;
    body["type"] = "/problems/" + problem.code;
    body["title"] = pick(request, problem.title_zh, problem.title_en);
    body["status"] = problem.status;
    if (!problem.detail.empty()) body["detail"] = problem.detail;
    body["instance"] = "urn:anjie:trace:" + request.trace_id;
    body["code"] = problem.code;
    body["trace_id"] = request.trace_id;
    body["retryable"] = problem.retryable.value_or(problem.status == 429 || problem.status == 503);
    if (!problem.errors.empty()) {
        boost::json::array errors;
        for (const auto& error : problem.errors)
            errors.push_back(
                boost::json::object{{"pointer", error.pointer}, {"code", error.code}, {"detail", error.detail}});
        body["errors"] = std::move(errors);
    }
    for (const auto& [name, value] : problem.extensions) body[name] = value;
    auto response = Response::of_type(problem.status, "application/problem+json", boost::json::serialize(body) + "\n");
    response.headers.set("Content-Language", pick(request, "zh-CN", "en"));
    if (problem.retry_after)
        response.headers.set("Retry-After", fmt::format("{}", problem.retry_after->count()));
    else if (problem.status == 503)
        response.headers.set("Retry-After", "1");
    return response;
}

Response problem(const Request& request, const Error& error) {
    Problem made;
    made.detail = error.detail;
    switch (error.code) {
        case ErrorCode::not_found:
            made.status = 404;
            made.title_zh = "没有这个资源";
            made.title_en = "There is no such thing";
            break;
        case ErrorCode::conflict:
            made.status = 409;
            made.title_zh = "与现状冲突";
            made.title_en = "In conflict with what is there";
            break;
        case ErrorCode::unavailable:
            made.status = 503;
            made.title_zh = "暂时不可用，请稍后再试";
            made.title_en = "Not now; try again later";
            break;
        case ErrorCode::invalid:
            made.status = 400;
            made.title_zh = "请求有误";
            made.title_en = "The request is wrong";
            break;
        case ErrorCode::corrupt:
            made.status = 500;
            made.title_zh = "服务器内部错误";
            made.title_en = "Something is wrong here";
            made.detail.clear();  // For the operator's log.
            break;
    }
    made.code = error.code == ErrorCode::not_found ? "not-found" : std::string(to_string(error.code));
    return problem(request, made);
}

}  // namespace anjie::http
