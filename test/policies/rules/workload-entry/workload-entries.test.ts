import { workloadEntries } from "../../../../policies/rules/workload-entry/workload-entries.ts";
import { testRule } from "../../testRule.ts";
import { workloadEntry } from "../../valid.ts";

testRule(workloadEntries, [
  workloadEntry,
  [
    ["no address and no network", { "spec.address": undefined, "spec.network": undefined }, ["spec.address"]],
    ["no name and no address", { "spec.address": "a_b" }],
    ["a socket that is nowhere", { "spec.address": "unix://a", "spec.ports": undefined }, ["spec.address"]],
    ["a socket that is a folder", { "spec.address": "unix:///a/", "spec.ports": undefined }, ["spec.address"]],
    ["an abstract socket", { "spec.address": "unix://@a", "spec.ports": undefined }, []],
    ["a socket with ports", { "spec.address": "unix:///a" }, ["spec.ports"]],
    ["a port that can not be", { "spec.ports.mysql": 65536 }],
    ["a port's name with a dot", { 'spec.ports["a.b"]': 1 }, undefined, "by name"],
    ["a label with a space", { "spec.labels.app": "a b" }],
  ],
]);
