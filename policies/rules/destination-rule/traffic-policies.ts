import { lacksItems, places } from "../../values/reading.ts";
import { trafficPoliciesOf } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

const OF_A_PORT = ["outlierDetection", "connectionPool", "loadBalancer", "tls"];
const OF_A_HOST = [...OF_A_PORT, "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];

export const trafficPolicies = rejected({
  id: "traffic-policies",
  title:
    "A traffic policy sets at least one field, port-level settings name their port, and tunnel and proxyProtocol are not combined.",
  remediation:
    "Set a field such as loadBalancer or tls or remove the policy, name the port in portLevelSettings, and keep either tunnel or proxyProtocol.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPoliciesOf(object)) {
      const fields = OF_A_HOST.map((name) => policy.at(name));
      if (fields.every((field) => field.isAbsent() || (field.valueType() === "list" && lacksItems(field)))) {
        yield at(policy, `set at least one of ${OF_A_HOST.join(", ")}, or remove the policy`);
      }
      const proxyProtocol = policy.at("proxyProtocol");
      if (policy.at("tunnel").isPresent() && proxyProtocol.isPresent())
        yield at(proxyProtocol, "remove this field, or the tunnel");
      for (const ofPort of places(policy, "portLevelSettings[]")) {
        const port = ofPort.at("port");
        if (port.isAbsent()) yield at(port, "set the port that the settings apply to");
        if (OF_A_PORT.every((name) => ofPort.at(name).isAbsent()))
          yield at(ofPort, `set at least one of ${OF_A_PORT.join(", ")}`);
      }
    }
  },
});
