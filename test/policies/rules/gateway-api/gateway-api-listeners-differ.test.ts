import { gatewayApiListenersDiffer } from "../../../../policies/rules/gateway-api/gateway-api-listeners-differ.ts";
import { describeRule } from "../../describeRule.ts";
import { k8sGateway } from "../../kialiObjects.ts";

const listening = (...listeners: object[]) =>
  k8sGateway({
    listeners: listeners.map((one) => ({ hostname: "a.example.com", port: 80, protocol: "HTTP", ...one })),
  });

describeRule(gatewayApiListenersDiffer, {
  accepts: {
    "two ports": [listening({ name: "a", port: 80 }, { name: "b", port: 8080 })],
    "two protocols": [listening({ name: "a", protocol: "HTTP" }, { name: "b", protocol: "HTTPS" })],
    "no hosts": [
      k8sGateway({
        listeners: [
          { name: "a", port: 80 },
          { name: "b", port: 80 },
        ],
      }),
    ],
  },
  refuses: {
    "the same twice": [[listening({ name: "a" }, { name: "b" })], "spec.listeners[0]", "spec.listeners[1]"],
  },
});
