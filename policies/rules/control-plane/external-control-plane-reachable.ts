import { isIP } from "node:net";
import type { Field } from "../../model/field.ts";
import type { Finding, ObjectRule } from "../../engine/rule.ts";

export const externalControlPlaneReachable: ObjectRule = {
  id: "external-control-plane-reachable",
  title: "Webhooks of a control plane outside the cluster use a URL with a host name.",
  rationale:
    "Without an address no Pod gets a sidecar, and an IP address ties the certificate and failover to one machine.",
  remediation:
    "Set clientConfig.url to a URL with a host name, such as https://istiod.example.com:15017/inject, or set clientConfig.service.",
  severity: "medium",
  codes: ["IST0163", "IST0164"],
  sources: ["istio/pkg/config/analysis/analyzers/externalcontrolplane/externalcontrolplane.go"],
  kinds: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],

  *check({ kind, id, root }) {
    if (id === undefined || !isOfIstio(kind, id)) return;
    for (const hook of root.at("webhooks").items()) yield* misled(hook.at("clientConfig"));
  },
};

function isOfIstio(kind: string, name: string): boolean {
  if (kind === "MutatingWebhookConfiguration") return name.startsWith("istio-sidecar-injector");
  return name === "istiod-default-validator" || name.startsWith("istio-validator");
}

function* misled(client: Field): Iterable<Finding> {
  const url = client.at("url");
  if (url.isAbsent()) {
    if (client.at("service").isAbsent()) {
      yield { code: "IST0163", path: client.path, message: "set url or service to the address of the control plane" };
    }
    return;
  }
  const text = url.string();
  if (text === undefined) return;
  const host = hostOf(text);
  if (host === undefined)
    yield { code: "IST0163", path: url.path, message: "use a URL such as https://istiod.example.com:15017/inject" };
  else if (isIP(host) !== 0)
    yield { code: "IST0164", path: url.path, message: "use a host name for the control plane" };
}

/** Empty for a path alone, which is a URL without a host; nothing for what is no URL. */
function hostOf(text: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- no URL has them
  if (/[\u0000-\u001f\u007f]/.test(text) || text.startsWith(":")) return undefined;
  const [, authority] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text) ?? [];
  if (authority === undefined) return /^[^/?#]*:/.test(text) && !/^[a-z][a-z0-9+.-]*:/i.test(text) ? undefined : "";
  const [, host, port] = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (host === undefined || /[\s<>"[\]]/.test(host.replace(/^\[|\]$/g, "")) || !/^\d*$/.test(port ?? ""))
    return undefined;
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  return host.replace(/^\[|\]$/g, "");
}
