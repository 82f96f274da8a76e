import type { Mesh } from "../../../model/mesh.ts";
import { readWorkloads } from "../../../model/workloads.ts";
import { isWildcard, serviceAndNamespace, type Host } from "../../../model/kiali/hosts.ts";
import { readRegistry } from "../../../model/kiali/registry.ts";

/** The labels by which Istio tells which app a pod is of, the first one that is there. */
const APP_LABELS = ["service.istio.io/canonical-name", "app.kubernetes.io/name", "app"] as const;

/** The apps that workloads are of, by their labels. */
function readApps(mesh: Mesh) {
  const apps = new Set<string>();
  const workloads = mesh.derive(readWorkloads);
  for (const { namespace, labels } of workloads.all) {
    const label = APP_LABELS.find((name) => labels?.has(name));
    if (label !== undefined && namespace !== undefined) apps.add(`${namespace}/${labels?.get(label) ?? ""}`);
  }
  return {
    mayHave: (app: string, namespace: string) => apps.has(`${namespace}/${app}`) || workloads.mayHide(namespace),
  };
}

/** Whether the host of a DestinationRule is certainly none that its namespace knows. */
export function lacksHost(mesh: Mesh, host: Host, namespace: string): boolean {
  if (isWildcard(host)) return false;
  const [service, place] = serviceAndNamespace(host);
  if (place === namespace && mesh.derive(readApps).mayHave(service, namespace)) return false;
  return mesh.derive(readRegistry).lacks(host, namespace);
}
