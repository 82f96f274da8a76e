// Everybody who may call Bookinfo's services, or may not, and what becomes of it.
import { expect } from "vitest";
import type { Inside } from "./insideCalls.ts";

export const SERVICES = ["productpage", "details", "reviews", "ratings"] as const;
const METHODS = ["GET", "POST", "DELETE"] as const;
const pathsOf = (service: string) => [service === "productpage" ? "/productpage" : `/${service}/0`, "/other"];

/** A request, and who sends it. */
export interface Asked {
  readonly caller: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

/** How each runs a program. */
export const CALLERS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [...SERVICES, "sleep"].map((name) => [name, ["-n", "bookinfo", "exec", `deploy/${name}-v1`, "-c", name]]),
  ),
  impostor: ["-n", "impostor", "exec", "reviews", "-c", "client"],
  stranger: ["-n", "stranger", "exec", "client", "-c", "client"],
};

/** A pod in a namespace of its own, with a sidecar or without, that goes by the name of a service. */
export const guest = (
  namespace: string,
  name: string,
  account: string,
  image: string,
  isInjected: boolean,
): object[] => [
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: namespace, labels: { "istio-injection": isInjected ? "enabled" : "disabled" } },
  },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: account, namespace } },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: "reviews", version: "v1" } },
    spec: {
      serviceAccountName: account,
      containers: [
        {
          name: "client",
          image,
          imagePullPolicy: "IfNotPresent",
          command: ["/bin/sh", "-c", "trap 'exit 0' TERM; sleep 3600 & wait"],
        },
      ],
    },
  },
];

/** The status of each request of everybody to everybody: 0 where the connection was cut. */
export async function matrix(inside: Inside): Promise<Map<Asked, number>> {
  const answers = await Promise.all(
    Object.entries(CALLERS).map(async ([caller, exec]) => {
      const found: [Asked, number][] = [];
      for (const method of METHODS) {
        const asked = SERVICES.flatMap((service) =>
          pathsOf(service).map((path) => ({ caller, service, method, path })),
        );
        const urls = asked.flatMap(({ service, path }) => [
          "-o",
          "/dev/null",
          `http://${service}.bookinfo:9080${path}`,
        ]);
        const curl = ["curl", "-s", "-m", "10", "-X", method, "-w", "%{http_code}\\n", ...urls];
        const output = await inside.kubectl(
          ...exec,
          "--",
          "/bin/sh",
          "-c",
          `${curl.map((word) => `'${word}'`).join(" ")} || true`,
        );
        const statuses = output.trim().split("\n").map(Number);
        expect(statuses).toHaveLength(asked.length);
        found.push(...asked.map((each, index): [Asked, number] => [each, statuses[index] ?? 0]));
      }
      return found;
    }),
  );
  return new Map(answers.flat());
}

/** What the proxies of each service would have refused, since they started. */
export async function refusedSoFar(inside: Inside): Promise<Record<string, number>> {
  const counts = SERVICES.map(async (service) => {
    const pods = await inside.kubectl("-n", "bookinfo", "get", "pod", "-l", `app=${service}`, "-o", "name");
    const each = pods
      .trim()
      .split("\n")
      .map(async (pod) => {
        const stats = await inside.kubectl(
          "-n",
          "bookinfo",
          "exec",
          pod,
          "-c",
          "istio-proxy",
          "--",
          "pilot-agent",
          "request",
          "GET",
          "stats?filter=rbac.*allow_.shadow_denied",
        );
        return [...stats.matchAll(/inbound_0\.0\.0\.0_9080\S*: (\d+)/g)].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
      });
    return [service, (await Promise.all(each)).reduce((sum, count) => sum + count, 0)] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
