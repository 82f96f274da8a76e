import { matchSourceInMesh } from "../../../../policies/rules/virtual-service/match-source-in-mesh.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, ingressPods, routing, serving } from "../../istioctlObjects.ts";

const gateway = aGateway("entry", [serving(["*"])]);
const route = [{ destination: { host: "web" } }];
const matching = (match: object, gateways: readonly string[] = ["entry"]) =>
  routing("www.shop.example", { gateways, http: [{ match: [match], route }] });
const sourceLabels = { app: "web" };
const tcp = (gateways: readonly string[]) =>
  routing("www.shop.example", { gateways, http: [], tcp: [{ match: [{ sourceLabels }], route }] });
const labels = "0 spec.http[0].match[0].sourceLabels";

describeRule(matchSourceInMesh, {
  open: false,
  accepts: {
    "a match on the request": [matching({ uri: { prefix: "/" } }), gateway, ingressPods],
    "labels where the sidecars follow the routes": [matching({ sourceLabels }, ["mesh"]), gateway, ingressPods],
    "labels where the sidecars follow them, too": [matching({ sourceLabels }, ["mesh", "entry"]), gateway, ingressPods],
    "labels of the gateway's own pods": [matching({ sourceLabels: { istio: "ingressgateway" } }), gateway, ingressPods],
    "the namespace of the gateway's own pods": [matching({ sourceNamespace: "istio-ingress" }), gateway, ingressPods],
    "labels in a tcp route of the sidecars": [tcp(["mesh"]), gateway, ingressPods],
    "a gateway that is not declared": [matching({ sourceLabels }, ["other"]), gateway, ingressPods],
  },
  refuses: {
    "labels of other pods": [[matching({ sourceLabels }), gateway, ingressPods], labels],
    "labels that the Gateway's own selector denies": [
      [matching({ sourceLabels: { istio: "other" } }), gateway],
      labels,
    ],
    "another namespace": [
      [matching({ sourceNamespace: "shop" }), gateway, ingressPods],
      "0 spec.http[0].match[0].sourceNamespace",
    ],
    "labels beside gateways": [
      [matching({ sourceLabels, gateways: ["mesh"] }, ["mesh", "entry"]), gateway, ingressPods],
      labels,
    ],
    "labels in a tcp route": [[tcp(["entry"]), gateway, ingressPods], "0 spec.tcp[0].match[0].sourceLabels"],
    "pods that are not declared": [[matching({ sourceLabels }), gateway], labels],
  },
});
