import type { ObjectRule } from "../../engine/rule.ts";

/** Protocols in which a client does not say which host it wants: `*` is all that can be written. */
const WITHOUT_HOST = new Set(["TCP", "UDP", "MONGO", "MYSQL", "REDIS"]);

export const gatewayHostsExplicit: ObjectRule = {
  id: "gateway-hosts-explicit",
  title: "A Gateway lists its hosts instead of using *.",
  rationale:
    "With *, any VirtualService bound to the Gateway can expose any host, and take over one that is already served.",
  remediation: "Use the host names that clients request, or a domain such as *.example.com.",
  severity: "medium",
  environment: true,
  codes: [],
  kinds: ["Gateway"],

  *check({ spec }) {
    for (const server of spec.at("servers").items()) {
      const protocol = server.at("port", "protocol");
      const name = protocol.string()?.toUpperCase();
      if (protocol.isUnknown() || (name !== undefined && WITHOUT_HOST.has(name))) continue;
      for (const host of server.at("hosts").items()) {
        // A host may have a namespace before it, as in "shop/*".
        if (host.string()?.split("/").at(-1) === "*") {
          yield {
            path: host.path,
            message: "use the host names that clients request, or a domain such as *.example.com",
          };
        }
      }
    }
  },
};
