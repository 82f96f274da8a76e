import { headerValuesKnownToEnvoy } from "../../../../policies/rules/virtual-service/header-values-known-to-envoy.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const setTo = (value: string, ...others: object[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: {
    hosts: ["reviews"],
    http: [{ headers: { request: { set: { "x-a": value } } }, route: others }],
  },
});

const place = 'spec.http[0].headers.request.set["x-a"]';

describeRule(headerValuesKnownToEnvoy, {
  accepts: {
    "a variable": [setTo("%DOWNSTREAM_REMOTE_ADDRESS%")],
    "a variable with an argument": [setTo("by %REQ(x-a?:authority)% at %START_TIME(%s.%3f)%")],
    "a list of keys": [setTo('%DYNAMIC_METADATA(["com.example", "key"])%')],
    "a percent sign": [setTo("100%%")],
    "what istiod refuses, which header-operations says": [setTo("100%")],
  },
  refuses: {
    "an unknown variable": [[setTo("%DOWNSTREAM_REMOTE_ADRESS%")], place],
    "two of them": [[setTo("%NOT_A_VARIABLE% and %ISTIO_VERSION%")], place, place],
    "a missing argument": [[setTo("%REQ%")], place],
    "an argument where none is taken": [[setTo("%PROTOCOL(a)%")], place],
    "a length where none is taken": [[setTo("%START_TIME:3%")], place],
    "an argument that is none": [[setTo("%GRPC_STATUS(WORDS)%")], place],
    "a blank before the end": [[setTo("%REQ(x-a) %")], place],
    "a value that is too long": [[setTo("a".repeat(16385))], place],
    "a value of a destination's": [
      [setTo("a", { headers: { response: { add: { "x-b": "%NOT_A_VARIABLE%" } } } })],
      'spec.http[0].route[0].headers.response.add["x-b"]',
    ],
  },
  waits: { "a computed value": [[setTo(unknown.text)], place] },
});
