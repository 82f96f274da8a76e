// What `make up` ends with: where the page is, what runs, how reviews is shared out, and what to try next.
import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { table } from "../table.ts";
import { urlOf } from "./endpoint.ts";
import { measureReviews, type Endpoint } from "./page.ts";

const REQUESTS = 100;

export async function summary(api: CoreV1Api, endpoint: Endpoint, namespaces: readonly string[]): Promise<string> {
  const pods = await Promise.all(namespaces.map((namespace) => api.listNamespacedPod({ namespace })));
  const running = pods.flatMap(({ items }) => items).filter(({ metadata }) => !metadata?.deletionTimestamp);
  const shares = [...(await measureReviews(endpoint, REQUESTS))];
  return [
    "",
    `Bookinfo is available at ${urlOf(endpoint)}`,
    "",
    table([["NAMESPACE", "POD", "READY", "NODE"], ...running.map(podRow)]),
    "",
    `Reviews over ${REQUESTS} requests through the ingress gateway:`,
    table([["VERSION", "REQUESTS", "SHARE"], ...shares.map(([version, count]) => shareRow(version, count))]),
    "",
    "Next:",
    "  open the page and reload it: no stars is v1, black stars are v2, red stars are v3",
    "  make preview   shows the effect of a change in Pulumi.local.yaml",
    "  make down      deletes everything",
    "",
  ].join("\n");
}

function podRow({ metadata, spec, status }: V1Pod): string[] {
  // A sidecar is an init container that goes on running: it counts as kubectl counts it.
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always");
  const all = (spec?.containers.length ?? 0) + sidecars.length;
  const names = new Set(sidecars.map(({ name }) => name));
  const ready = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []).filter(({ name }) => names.has(name)),
  ].filter((container) => container.ready).length;
  return [metadata?.namespace ?? "", metadata?.name ?? "", `${ready}/${all}`, spec?.nodeName ?? ""];
}

const shareRow = (version: string, count: number): string[] => [
  version,
  String(count),
  `${Math.round((100 * count) / REQUESTS)}%`,
];
