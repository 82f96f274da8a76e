// What `mesh:security` comes to, with the rest of the stack around it.
import { mergeValues, type Values } from "../components/istio/values.ts";
import { Members } from "../components/security/members.ts";
import type { Exposed } from "../components/security/securityPlan.ts";
import type { MtlsSection, SecuritySection } from "../components/security/securitySection.ts";
import type { DeclaredHost } from "../components/security/sidecarScopes.ts";
import { mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import { registryOnly } from "../scenarios/egress.ts";
import type { Draft } from "./draft.ts";
import { serviceKey } from "./stackServices.ts";
import { destinationsOf, stackTraffic, type StackTraffic } from "./trafficHosts.ts";

/** The services that policies may name. */
export const securityMembers = (draft: Draft): Members => new Members(draft.applications);

/** The section with what its preset stands for. What would refuse requests at the network has no trial. */
export function withPreset(section: SecuritySection): SecuritySection {
  if (section.preset === undefined) return section;
  const { mtls = "STRICT", authorization = {}, egress = "closed", sidecarScopes = true } = section;
  const { networkPolicies = authorization.tryOut !== true } = section;
  return {
    ...section,
    mtls: typeof mtls === "string" ? mtls : { mode: "STRICT", ...mtls },
    authorization: { default: "deny", ...authorization },
    egress,
    sidecarScopes,
    networkPolicies,
  };
}

/** The mode for the mesh, if the section says one. */
export const meshMode = ({ mtls }: SecuritySection): MtlsSection["mode"] =>
  typeof mtls === "string" ? mtls : mtls?.mode;

/** Whether the ingress gateway leads to a service: by an exposure, or by routes at a gateway. */
export function exposedServices(draft: Draft, traffic: StackTraffic = stackTraffic(draft)): Exposed {
  const keys = new Set<string>();
  for (const { name, namespace, path } of draft.applications) {
    const { exposure } = mapOf(draft.section("applications")[name]);
    const service = path[0] === "bookinfo" ? "productpage" : textOf(mapOf(exposure).service);
    if (service !== undefined) keys.add(serviceKey(service, namespace));
  }
  for (const each of [...traffic.hosts, ...traffic.ofScenario]) {
    const isOpen = each.gateways.some((gateway) => gateway !== "mesh") || each.args.ingress !== undefined;
    if (!isOpen || each.args.external !== undefined) continue;
    const destinations = [...destinationsOf(each)].flatMap(({ host }) => host ?? []);
    for (const host of [each.host, ...destinations]) keys.add(serviceKey(host, each.namespace));
  }
  return ({ name, namespace }) => keys.has(`${name}.${namespace}`);
}

/** Hosts outside of the mesh that the stack declares. */
export function outsideHosts({ hosts, ofScenario }: StackTraffic): DeclaredHost[] {
  return [...hosts, ...ofScenario]
    .filter(({ args }) => args.external !== undefined)
    .map(({ host, namespace }) => ({ host, namespace }));
}

interface Stack {
  readonly security: SecuritySection;
  readonly istio: { readonly mtls?: MtlsSection["mode"]; readonly values?: { readonly istiod?: Values } };
  readonly peerAuthentications: Untrusted;
}

/** What the section says about parts of the stack that are not its own. */
export function withSecurity<Given extends Stack>(settings: Given): Given {
  const security = withPreset(settings.security);
  const { istio } = settings;
  const mtls = meshMode(security) ?? istio.mtls;
  const own = typeof security.mtls === "object" ? Object.keys(security.mtls.namespaces ?? {}) : [];
  return {
    ...settings,
    security,
    istio: {
      ...istio,
      ...(mtls && { mtls }),
      ...(security.egress === "closed" && {
        values: { ...istio.values, istiod: mergeValues(registryOnly, istio.values?.istiod ?? {}) },
      }),
    },
    // What the stack file says about a namespace wins over its scenario.
    peerAuthentications: Object.fromEntries(
      Object.entries(settings.peerAuthentications).filter(([namespace]) => !own.includes(namespace)),
    ),
  };
}
