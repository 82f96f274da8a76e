import { headerOperations } from "../../../../policies/rules/virtual-service/header-operations.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const routed = "spec.http[0]";
const headers = `${routed}.headers`;

testRule(headerOperations, [
  virtualService,
  [
    ["a pseudo-header", { [`${headers}.request.set[":path"]`]: "/" }, undefined, "by name"],
    ["the host of an answer", { [`${headers}.response.set`]: { Host: "a" } }, [`${headers}.response.set.Host`]],
    ["the host taken away", { [`${headers}.request.remove[0]`]: "host" }],
    ["no name", { [`${headers}.response.remove[0]`]: "" }],
    ["a percent sign alone", { [`${headers}.request.add["x-a"]`]: "100%" }],
    ["a variable without its end", { [`${headers}.request.add["x-a"]`]: "%REQ(X-A)" }],
    ["a list without its end", { [`${headers}.request.add["x-a"]`]: '%DYNAMIC_METADATA(["a")%' }],
    ["something after the arguments", { [`${headers}.request.add["x-a"]`]: "%REQ(X-A)x%" }],
    ["a backslash at the end", { [`${headers}.request.add["x-a"]`]: "%REQ(a\\" }],
    ["a line break", { [`${headers}.request.add["x-a"]`]: "a\nb" }],
    ["a value of a destination's", { [`${routed}.route[0].headers.response.set["x-by"]`]: "%" }],
    ["the host twice", { [`${headers}.request.add[":authority"]`]: "a" }, undefined, "by name"],
    ["the host in a rewrite, too", { [`${routed}.rewrite`]: { authority: "a" } }, [`${headers}.request.set.host`]],
  ],
]);
