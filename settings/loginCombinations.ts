import { isUnder, LOGIN_PROVIDER } from "../components/observability/loginOptions.ts";
import { isPlain } from "../components/observability/safety.ts";
import type { Path, Finding } from "../lib/schema/problems.ts";
import { listOf, mapOf, textOf, type Untrusted } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** Rules about the login before the tools and the rest of the stack. */
export function* loginCombinations(draft: Draft): Iterable<Finding> {
  const { login } = draft;
  if (login === undefined) return;
  yield* plainIssuer(draft, login);
  yield* sameProvider(draft);
  const { domain } = mapOf(draft.section("observability").exposure);
  const cookieDomain = textOf(login.cookieDomain) ?? textOf(domain);
  for (const { path, policy } of customPolicies(draft)) {
    if (policy.provider !== LOGIN_PROVIDER) {
      if (!placesOf(policy).includes("ingress-gateway")) continue;
      const reason = `must be ${LOGIN_PROVIDER} at the ingress gateway, which asks it for the tools, and Istio asks one only: choose other pods, or leave mesh:observability.exposure.login out`;
      yield { path: [...path, "provider"], reason };
      continue;
    }
    if (placesOf(policy).some((place) => place !== "ingress-gateway")) {
      const reason = `must be ingress-gateway for the provider ${LOGIN_PROVIDER}: no other pods reach it in the production profile`;
      yield { path: [...path, "on"], reason };
    }
    if (cookieDomain !== undefined) yield* loginHosts(draft, [...path, "hosts"], policy.hosts, cookieDomain);
  }
}

/** Hosts of the stack's own that ask for the login of the tools. */
export const hostsWithLogin = (draft: Draft): readonly string[] =>
  draft.login === undefined
    ? []
    : customPolicies(draft)
        .filter(({ policy }) => policy.provider === LOGIN_PROVIDER)
        .flatMap(({ policy }) => listOf(policy.hosts).flatMap((host) => textOf(host) ?? []));

/** Every policy of `mesh:security.authorization.custom`. */
function customPolicies(draft: Draft): readonly { readonly path: Path; readonly policy: Untrusted }[] {
  const { custom } = mapOf(draft.section("security").authorization);
  return Object.entries(mapOf(custom)).map(([name, policy]) => ({
    path: ["security", "authorization", "custom", name],
    policy: mapOf(policy),
  }));
}

const placesOf = ({ on }: Untrusted): readonly unknown[] => (Array.isArray(on) ? listOf(on) : [on]);

function* plainIssuer(draft: Draft, { issuer }: Untrusted): Iterable<Finding> {
  const { eks, stackReference } = draft.section("cluster");
  // Of the production profile, the rules about the tools speak.
  if (draft.isProduction || !isPlain(issuer) || (eks === undefined && stackReference === undefined)) return;
  const reason = "must begin with https on EKS: over plain HTTP, anybody on the way logs in as another";
  yield { path: ["observability", "exposure", "login", "issuer"], reason };
}

/** Istio takes each name of a provider once, and Helm one list of them. */
function* sameProvider(draft: Draft): Iterable<Finding> {
  const { extensionProviders, values } = draft.section("istio");
  const { providers } = draft.section("telemetry");
  for (const { path, names } of [
    { path: ["istio", "extensionProviders"], names: extensionProviders },
    { path: ["telemetry", "providers"], names: providers },
  ]) {
    if (!Object.hasOwn(mapOf(names), LOGIN_PROVIDER)) continue;
    const reason = "is the name of the tools' login, mesh:observability.exposure.login: choose another";
    yield { path: [...path, LOGIN_PROVIDER], reason };
  }
  const listed = mapOf(mapOf(mapOf(values).istiod).meshConfig).extensionProviders;
  if (listed === undefined) return;
  const reason =
    "has no place beside mesh:observability.exposure.login, whose provider it would replace: write them as mesh:istio.extensionProviders";
  yield { path: ["istio", "values", "istiod", "meshConfig", "extensionProviders"], reason };
}

/** A browser brings the cookie to the hosts of its domain, and over TLS alone. */
function* loginHosts(draft: Draft, path: Path, hosts: unknown, cookieDomain: string): Iterable<Finding> {
  if (hosts === undefined) {
    const reason = "is missing: without, every host of the gateway asks for the login; name those of yours that shall";
    yield { path, reason };
  }
  const plain = draft.openings.flatMap((each) => (each.tls === undefined ? each.hosts : []));
  for (const [index, host] of listOf(hosts).entries()) {
    if (typeof host !== "string") continue;
    if (!isUnder(host, cookieDomain)) {
      const reason =
        "must be in the domain of the login's cookie, that of mesh:observability.exposure unless login.cookieDomain there names a wider one";
      yield { path: [...path, index], reason };
    } else if (plain.some((each) => typeof each === "string" && isAbout(host, each))) {
      const reason =
        "is exposed without TLS, over which browsers bring no cookie of the login: set tls where it is exposed";
      yield { path: [...path, index], reason };
    }
  }
}

/** Whether a host of a policy, perhaps with an asterisk or a port, is one that is exposed. */
const isAbout = (host: string, exposed: string): boolean =>
  host.startsWith("*") ? exposed.endsWith(host.slice(1)) : host.replace(/:[\d*]+$/, "") === exposed;
