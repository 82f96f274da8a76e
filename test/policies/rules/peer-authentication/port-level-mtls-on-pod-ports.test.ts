import { portLevelMtlsOnPodPorts } from "../../../../policies/rules/peer-authentication/port-level-mtls-on-pod-ports.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, having, pods } from "../../istioctlObjects.ts";

const policy = (port: number, selector: object = { app: "cart" }, namespace?: string) => ({
  ...anObject(
    "PeerAuthentication",
    "cart",
    { selector: { matchLabels: selector }, portLevelMtls: { [port]: { mode: "STRICT" } } },
    namespace,
  ),
  apiVersion: "security.istio.io/v1",
});
const cart = (ports: readonly object[] = [{ containerPort: 8080, name: "web" }]) =>
  pods({ app: "cart", version: "v1" }, undefined, { containers: [{ name: "app", image: "app:1", ports }] });
const service = (targetPort?: number | string, selector: object = { app: "cart" }) =>
  aService("cart", [{ port: 80, ...(targetPort !== undefined && { targetPort }) }], { selector });
const ingress = anObject("Sidecar", "cart", { ingress: [{ port: { number: 80, protocol: "HTTP", name: "http" } }] });

describeRule(portLevelMtlsOnPodPorts, {
  accepts: {
    "the port of the container": [policy(8080), cart(), service(8080)],
    "a port of the Service that a container has, too": [
      policy(80),
      cart([{ containerPort: 80 }, { containerPort: 8080 }]),
      service(8080),
    ],
    "a Service that leads to the same port": [policy(80), cart([]), service()],
    "a Service of other pods": [policy(80), cart(), service(8080, { app: "pay" })],
    "a port that a Sidecar opens": [policy(80), cart(), service(8080), ingress],
    "another namespace": [policy(80, undefined, "other"), cart(), service(8080)],
    "a port that nothing tells of": [policy(9000), cart(), service(8080)],
    "a name that no container has": [policy(80), cart([]), service("web")],
  },
  refuses: {
    "the port of the Service": [[policy(80), cart(), service(8080)], "0 spec.portLevelMtls.80"],
    "the port of the Service, which leads to a named one": [
      [policy(80), cart(), service("web")],
      "0 spec.portLevelMtls.80",
    ],
    "the port of a Service whose pods are not declared": [[policy(80), service(8080)], "0 spec.portLevelMtls.80"],
    "one of two Services": [
      [policy(80), cart(), service(8080), having(service(8080), { name: "second" })],
      "0 spec.portLevelMtls.80",
    ],
  },
});
