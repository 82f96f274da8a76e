import type { ObjectRule } from "../../engine/rule.ts";
import { isListed, texts, textsOf } from "../../engine/settings.ts";

export const gatewayHostsAllowed: ObjectRule = {
  id: "gateway-hosts-allowed",
  title: "A Gateway serves only hosts that the environment may expose.",
  rationale: "A host of another environment, or of nobody, exposes the service to the wrong audience.",
  remediation: "Use one of the environment's hosts, or add the host to this rule's setting hosts.",
  severity: "high",
  environment: true,
  codes: [],
  settings: { hosts: texts("Hosts that gateways may serve, such as *.example.com. If empty, any host is allowed.") },
  kinds: ["Gateway"],

  *check({ spec }, settings) {
    const allowed = textsOf(settings, "hosts");
    if (allowed.length === 0) return;
    for (const server of spec.at("servers").items()) {
      for (const host of server.at("hosts").items()) {
        const name = host.string()?.split("/").at(-1);
        if (name !== undefined && !isListed(name, allowed)) {
          yield {
            path: host.path,
            message: "use a host that this environment may expose, see the rule's setting hosts",
          };
        }
      }
    }
  },
};
