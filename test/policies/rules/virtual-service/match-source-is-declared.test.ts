import { matchSourceIsDeclared } from "../../../../policies/rules/virtual-service/match-source-is-declared.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";

const bookinfo: Manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: "bookinfo" } };
const productpage: Manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "productpage-v1", namespace: "bookinfo" },
  spec: { template: { metadata: { labels: { app: "productpage", version: "v1" } } } },
};
const routes = (match: object, protocol = "http"): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], [protocol]: [{ match: [match] }] },
});

describeRule(matchSourceIsDeclared, {
  accepts: {
    "the labels of pods": [routes({ sourceLabels: { app: "productpage" } }), productpage],
    "labels that Istio adds": [
      routes({ sourceLabels: { app: "productpage", "service.istio.io/canonical-name": "productpage" } }),
      productpage,
    ],
    "a namespace that is there, and pods in it": [
      routes({ sourceNamespace: "bookinfo", sourceLabels: { version: "v1" } }),
      productpage,
      bookinfo,
    ],
    "the namespace of Istio": [routes({ sourceNamespace: "istio-system" }), bookinfo],
    "any namespace, where none is declared": [routes({ sourceNamespace: "bank" }), productpage],
    "any labels, where no pods are declared": [routes({ sourceLabels: { app: "teller" } }), bookinfo],
    "a match for everybody": [routes({ uri: { prefix: "/" } }), productpage, bookinfo],
  },
  refuses: {
    "labels that no pod has": [
      [routes({ sourceLabels: { app: "teller" } }), productpage],
      "0 spec.http[0].match[0].sourceLabels",
    ],
    "labels of pods in another namespace": [
      [
        routes({ sourceNamespace: "shop", sourceLabels: { app: "productpage" } }),
        productpage,
        { ...bookinfo, metadata: { name: "shop" } },
      ],
      "0 spec.http[0].match[0].sourceLabels",
    ],
    "a namespace that is not there": [
      [routes({ sourceNamespace: "bank" }, "tcp"), bookinfo],
      "0 spec.tcp[0].match[0].sourceNamespace",
    ],
  },
});
