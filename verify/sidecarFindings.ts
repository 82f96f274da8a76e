// What proxies know of the mesh: the services of their Sidecar, and no others.
import { CoreV1Api } from "@kubernetes/client-node";
import { qualified } from "../istio/hosts.ts";
import { refOf, type Declared, type Sidecar } from "./declared.ts";
import { notVerified, verdictOf, type Check, type Finding } from "./findings.ts";
import { readyPods, type Mesh } from "./mesh.ts";
import { countersOf } from "./proxy.ts";

/** One finding for each Sidecar of single workloads. */
export async function sidecarFindings(mesh: Mesh): Promise<Finding[]> {
  const api = mesh.config.makeApiClient(CoreV1Api);
  const findings: Finding[] = [];
  for (const sidecar of mesh.declared.sidecars) {
    const { namespace, name } = sidecar.metadata;
    const about = {
      host: name,
      object: `Sidecar ${refOf(sidecar)}`,
      rule: "egress hosts",
      from: "the proxies' clusters",
    };
    const labels = sidecar.spec.workloadSelector?.labels;
    const pods = labels === undefined ? [] : await readyPods(api, namespace, labels);
    if (pods.length === 0) {
      const why = "no ready Pod of its own: those of a whole namespace are not looked at";
      findings.push({ ...about, requests: 0, checks: [notVerified("services known", "-", why)] });
      continue;
    }
    const clusters = [...(await countersOf(mesh.config, pods)).keys()];
    findings.push({ ...about, requests: 0, checks: [knownCheck(sidecar, clusters, mesh.declared)] });
  }
  return findings;
}

/**
 * Whether proxies know just the hosts of a Sidecar, and those that routes to them lead to.
 * @param clusters names of a proxy's clusters, such as `outbound|9080||ratings.bookinfo.svc.cluster.local`
 */
export function knownCheck({ spec, metadata }: Sidecar, clusters: readonly string[], declared: KnownOf): Check {
  const hosts = spec.egress?.flatMap((each) => each.hosts) ?? [];
  const patterns = hosts.map((host) => {
    const [namespace = "", name = ""] = host.split("/");
    return { namespace: namespace === "." ? metadata.namespace : namespace, name };
  });
  const led = declared.virtualServices.flatMap(
    ({ spec: { http = [], tcp = [], tls = [] }, metadata: { namespace } }) => {
      const routed = [...http, ...tcp, ...tls].flatMap(({ route = [] }) => route.map(({ destination }) => destination));
      const copied = http.flatMap(({ mirror, mirrors = [] }) => [
        mirror,
        ...mirrors.map(({ destination }) => destination),
      ]);
      return [...routed, ...copied].flatMap((each) => (each === undefined ? [] : qualified(each.host, namespace)));
    },
  );
  const known = new Set(clusters.flatMap((cluster) => /^outbound\|\d+\|[^|]*\|(.+)$/.exec(cluster)?.[1] ?? []));
  const isMeant = (host: string) => {
    const [, place] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(host) ?? [];
    return patterns.some(
      ({ namespace, name }) => (name === "*" || name === host) && ["*", place ?? namespace].includes(namespace),
    );
  };
  const strangers = [...known].filter((host) => !isMeant(host) && !led.includes(host));
  const missing = declared.services
    .map(({ metadata: service }) => `${service.name}.${service.namespace}.svc.cluster.local`)
    .filter((host) => patterns.some(({ name }) => name === host) && !known.has(host));
  return {
    what: "services known",
    declared: hosts.join(", "),
    measured: `${known.size}${missing.length > 0 ? `, without ${missing.join(", ")}` : ""}`,
    verdict: verdictOf(strangers.length === 0 && missing.length === 0),
    ...(strangers.length > 0 && { note: `knows ${strangers.join(", ")} as well` }),
  };
}

type KnownOf = Pick<Declared, "virtualServices" | "services">;
