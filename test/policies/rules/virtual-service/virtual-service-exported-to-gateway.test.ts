import { virtualServiceExportedToGateway } from "../../../../policies/rules/virtual-service/virtual-service-exported-to-gateway.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, ingressPods, pods, routing, serving } from "../../istioctlObjects.ts";

const gateway = aGateway("entry", [serving(["*.shop.example"])], undefined, "istio-ingress");
const ofShop = aGateway("entry", [serving(["*.shop.example"])]);
const bound = (rest: object) => routing("www.shop.example", { gateways: ["istio-ingress/entry"], ...rest });

describeRule(virtualServiceExportedToGateway, {
  open: false,
  accepts: {
    "one that all see": [bound({}), gateway, ingressPods],
    "one that all see by name": [bound({ exportTo: ["*"] }), gateway, ingressPods],
    "one that the pods' namespace sees": [bound({ exportTo: [".", "istio-ingress"] }), gateway, ingressPods],
    "routes for the sidecars": [routing("cart", { exportTo: ["."] }), gateway, ingressPods],
    "pods in its own namespace": [
      routing("www.shop.example", { gateways: ["entry"], exportTo: ["."] }),
      ofShop,
      pods({ istio: "ingressgateway" }),
    ],
    "a gateway that is not declared": [bound({ exportTo: ["."] }), ingressPods],
    "a gateway in its own namespace whose pods are not declared": [
      routing("www.shop.example", { gateways: ["entry"], exportTo: ["."] }),
      ofShop,
    ],
  },
  refuses: {
    "one that its own namespace alone sees": [[bound({ exportTo: ["."] }), gateway, ingressPods], "0 spec.exportTo"],
    "one for nobody": [[bound({ exportTo: ["~"] }), gateway, ingressPods], "0 spec.exportTo"],
    "a Gateway in its own namespace, with pods elsewhere": [
      [routing("www.shop.example", { gateways: ["entry"], exportTo: ["."] }), ofShop, ingressPods],
      "0 spec.exportTo",
    ],
    "a gateway elsewhere whose pods are not declared": [[bound({ exportTo: ["."] }), gateway], "0 spec.exportTo"],
  },
});
describeRule(virtualServiceExportedToGateway, {
  open: false,
  config: { defaultVirtualServiceExportTo: ["."] },
  accepts: { "one that says to whom": [bound({ exportTo: ["*"] }), gateway, ingressPods] },
  refuses: { "a default that hides it": [[bound({}), gateway, ingressPods], "0 spec.exportTo"] },
});
