import type { ObjectRule } from "../../engine/rule.ts";
import { operationsOf } from "../../model/kiali/authorization.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"] as const;

export const operationMethodKnown: ObjectRule = {
  id: "operation-method-known",
  title: "An AuthorizationPolicy uses HTTP methods, or a prefix or suffix of one with an asterisk.",
  rationale:
    "No request has another method, so this part of the rule never applies; for gRPC, put the method in paths.",
  remediation: "Use an HTTP method such as GET, or a prefix or suffix of one with an asterisk.",
  severity: "medium",
  codes: ["KIA0102"],
  sources: ["kiali/business/checkers/authorization/namespace_method_checker.go"],
  kinds: ["AuthorizationPolicy"],

  *check(object) {
    for (const place of operationsOf(object).flatMap((operation) => operation.at("methods").items())) {
      const method = place.string();
      if (method !== undefined && !isMethod(method.trim().toUpperCase())) {
        yield { path: place.path, message: "use an HTTP method such as GET, or a prefix or suffix of one with *" };
      }
    }
  },
};

function isMethod(pattern: string): boolean {
  if (pattern === "*") return true;
  const isPrefix = pattern.endsWith("*");
  if (isPrefix === pattern.startsWith("*")) return METHODS.some((method) => method === pattern);
  const part = isPrefix ? pattern.slice(0, -1) : pattern.slice(1);
  return METHODS.some((method) => (isPrefix ? method.startsWith(part) : method.endsWith(part)));
}
