// What `mesh:security` comes to, with the rest of the stack around it.
import { mergeValues, type Values } from "../components/istio/values.ts";
import { Members, type Member } from "../components/security/members.ts";
import type { Ways } from "../components/security/securityPlan.ts";
import type { MtlsSection, SecuritySection } from "../components/security/securitySection.ts";
import type { DeclaredHost } from "../components/security/sidecarScopes.ts";
import { itemsOf, mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import { registryOnly } from "../scenarios/egress.ts";
import type { Draft } from "./draft.ts";
import { serviceKey } from "./stackServices.ts";
import { limitServiceHosts } from "./rateLimits.ts";
import { destinationsOf, stackTraffic, type StackTraffic } from "./trafficHosts.ts";

/** The services that policies may name. */
export const securityMembers = (draft: Draft): Members => new Members(draft.applications);

/** The section with what its preset stands for. While authorization is tried out, it has nothing that refuses by itself. */
export function withPreset(section: SecuritySection): SecuritySection {
  if (section.preset === undefined) return section;
  const { authorization = {}, mtls } = section;
  const whole = { ...section, authorization: { default: "deny" as const, ...authorization } };
  if (authorization.tryOut === true) return whole;
  return {
    egress: "closed",
    sidecarScopes: true,
    networkPolicies: true,
    ...whole,
    mtls: typeof mtls === "string" ? mtls : { mode: "STRICT", ...mtls },
  };
}

/** The mode for the mesh, if the section says one. */
export const meshMode = ({ mtls }: SecuritySection): MtlsSection["mode"] =>
  typeof mtls === "string" ? mtls : mtls?.mode;

/** The ways that exposures and routes make for requests. */
export function waysOf(draft: Draft, members: Members, traffic: StackTraffic = stackTraffic(draft)): Ways {
  const exposed = new Set<string>();
  const leading = new Map<string, Member[]>();
  for (const { name, namespace, path } of draft.applications) {
    const { exposure } = mapOf(draft.section("applications")[name]);
    const service = path[0] === "bookinfo" ? "productpage" : textOf(mapOf(exposure).service);
    if (service !== undefined) exposed.add(serviceKey(service, namespace));
  }
  for (const each of [...traffic.hosts, ...traffic.ofScenario]) {
    if (each.args.external !== undefined) continue;
    const key = serviceKey(each.host, each.namespace);
    const further = [...destinationsOf(each)].flatMap(({ host }) => host ?? []);
    const reached = [...new Set(further.map((host) => serviceKey(host, each.namespace)))].filter((to) => to !== key);
    const isOpen = each.gateways.some((gateway) => gateway !== "mesh") || each.args.ingress !== undefined;
    for (const to of isOpen ? [key, ...reached] : []) exposed.add(to);
    const own = members.all.filter((member) => keyOf(member) === key);
    for (const to of reached) leading.set(to, [...(leading.get(to) ?? []), ...own]);
  }
  return {
    isExposed: (member) => exposed.has(keyOf(member)),
    leadingTo: (member) => leading.get(keyOf(member)) ?? [],
  };
}

const keyOf = ({ name, namespace }: Member) => `${name}.${namespace}`;

/** Hosts outside of the mesh that the stack declares. */
export function outsideHosts({ hosts, ofScenario }: StackTraffic): DeclaredHost[] {
  return [...hosts, ...ofScenario]
    .filter(({ args }) => args.external !== undefined)
    .map(({ host, namespace }) => ({ host, namespace }));
}

/**
 * Services that proxies themselves call: collectors of spans, and those that decide about requests or count them. A proxy that does not know
 * such a service sends no spans, and refuses every request.
 * @see https://github.com/istio/istio/issues/53701
 */
export function providerHosts(draft: Draft): DeclaredHost[] {
  const { extensionProviders, values } = draft.section("istio");
  const listed = itemsOf(mapOf(mapOf(mapOf(values).istiod).meshConfig).extensionProviders);
  const all = [
    ...Object.values(mapOf(draft.section("telemetry").providers)),
    ...Object.values(mapOf(extensionProviders)),
  ];
  const hosts = [...all, ...listed]
    .flatMap((provider) => Object.values(mapOf(provider)))
    .map((each) => mapOf(each).service);
  const own = hosts.flatMap((host) => {
    if (typeof host !== "string") return [];
    // A list of Istio's own may say the namespace before the host.
    const [name = "", namespace = ""] = host.split("/").toReversed();
    const [, place = "*"] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(name) ?? [];
    return [{ host: name, namespace: namespace || place }];
  });
  return [...own, ...limitServiceHosts(draft)];
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
