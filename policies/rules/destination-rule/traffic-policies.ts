import { lacksItems, places } from "../../values/reading.ts";
import { trafficPoliciesOf } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

const OF_A_PORT = ["outlierDetection", "connectionPool", "loadBalancer", "tls"];
const OF_A_HOST = [...OF_A_PORT, "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];

export const trafficPolicies = rejected({
  id: "traffic-policies",
  title: "A traffic policy sets something, that of a port names the port, and a tunnel does without a PROXY protocol.",
  remediation:
    "Set a field such as loadBalancer or tls or remove the policy, name the port in portLevelSettings, and keep tunnel or proxyProtocol.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of trafficPoliciesOf(object)) {
      const fields = OF_A_HOST.map((name) => policy.at(name));
      if (fields.every((field) => field.isAbsent() || (field.valueType() === "list" && lacksItems(field)))) {
        yield at(policy, `set one of ${OF_A_HOST.join(", ")}, or leave the policy out`);
      }
      const proxyProtocol = policy.at("proxyProtocol");
      if (policy.at("tunnel").isPresent() && proxyProtocol.isPresent())
        yield at(proxyProtocol, "take it out, or the tunnel");
      for (const ofPort of places(policy, "portLevelSettings[]")) {
        const port = ofPort.at("port");
        if (port.isAbsent()) yield at(port, "name the port that the settings are for");
        if (OF_A_PORT.every((name) => ofPort.at(name).isAbsent()))
          yield at(ofPort, `set one of ${OF_A_PORT.join(", ")}`);
      }
    }
  },
});
