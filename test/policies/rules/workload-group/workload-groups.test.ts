import { workloadGroups } from "../../../../policies/rules/workload-group/workload-groups.ts";
import { testRule } from "../../testRule.ts";
import { workloadGroup } from "../../valid.ts";

testRule(workloadGroups, [
  workloadGroup,
  [
    ["a label with a space", { "spec.metadata.labels.app": "a b" }],
    ["a port that can not be", { "spec.template.ports.mysql": 0 }],
    ["a socket with ports", { "spec.template.address": "unix:///a" }, ["spec.template.ports"]],
    ["no way to ask", { "spec.probe": {} }],
    ["a way that istiod does not take", { "spec.probe": { grpc: { port: 80 } } }, ["spec.probe.grpc"]],
    ["port 0", { "spec.probe.httpGet.port": 0 }],
    ["a port of TCP that can not be", { "spec.probe": { tcpSocket: { port: 65536 } } }, ["spec.probe.tcpSocket.port"]],
    ["an unknown scheme", { "spec.probe.httpGet.scheme": "http" }],
    ["a header with an underscore", { "spec.probe.httpGet.httpHeaders[0].name": "a_b" }],
    ["no command", { "spec.probe": { exec: { command: [] } } }, ["spec.probe.exec.command"]],
  ],
]);
