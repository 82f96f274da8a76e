// What an Envoy says about its upstreams: where each request went, whatever the service that answered it.

/** One pod, or another server, behind an upstream of a proxy. */
export interface Endpoint {
  /** `address:port`. */
  readonly address: string;
  /** Requests that were sent to it, each attempt counted. */
  readonly requests: number;
  readonly connections: number;
  /** Whether it has been put aside for its errors. */
  readonly ejected: boolean;
}

/** Endpoints by the name of the upstream, e.g. `outbound|9080|v1|reviews.bookinfo.svc.cluster.local`. */
export type Counters = ReadonlyMap<string, readonly Endpoint[]>;

interface Clusters {
  readonly cluster_statuses?: readonly {
    readonly name: string;
    readonly host_statuses?: readonly {
      readonly address?: { readonly socket_address?: { readonly address?: string; readonly port_value?: number } };
      readonly stats?: readonly { readonly name: string; readonly value?: string }[];
      readonly health_status?: { readonly failed_outlier_check?: boolean };
    }[];
  }[];
}

/** Reads the answer of Envoy's `/clusters?format=json`. */
export function countersIn(text: string): Counters {
  const { cluster_statuses: clusters = [] } = JSON.parse(text) as Clusters;
  return new Map(
    clusters.map(({ name, host_statuses: hosts = [] }) => [
      name,
      hosts.map(({ address, stats = [], health_status: health }) => {
        const { address: ip = "", port_value: port = 0 } = address?.socket_address ?? {};
        // Envoy leaves a zero out.
        const stat = (wanted: string) => Number(stats.find((each) => each.name === wanted)?.value ?? 0);
        return {
          address: `${ip}:${port}`,
          requests: stat("rq_total"),
          connections: stat("cx_total"),
          ejected: health?.failed_outlier_check === true,
        };
      }),
    ]),
  );
}

/** What was counted between two looks. */
export function since(before: Counters, after: Counters): Counters {
  return new Map(
    [...after].map(([name, endpoints]) => {
      const earlier = new Map(before.get(name)?.map((each) => [each.address, each]));
      return [
        name,
        endpoints.map((each) => ({
          ...each,
          requests: each.requests - (earlier.get(each.address)?.requests ?? 0),
          connections: each.connections - (earlier.get(each.address)?.connections ?? 0),
        })),
      ];
    }),
  );
}

/** The counters of several proxies as those of one. */
export function together(all: readonly Counters[]): Counters {
  const result = new Map<string, Map<string, Endpoint>>();
  for (const counters of all) {
    for (const [name, endpoints] of counters) {
      const sums = result.get(name) ?? new Map<string, Endpoint>();
      for (const each of endpoints) {
        const sum = sums.get(each.address) ?? { ...each, requests: 0, connections: 0 };
        sums.set(each.address, {
          address: each.address,
          requests: sum.requests + each.requests,
          connections: sum.connections + each.connections,
          ejected: sum.ejected || each.ejected,
        });
      }
      result.set(name, sums);
    }
  }
  return new Map([...result].map(([name, sums]) => [name, [...sums.values()]]));
}

/** The endpoints of a host and subset, on all its ports or on one. */
export function endpointsOf(counters: Counters, host: string, subset = "", port?: number): Endpoint[] {
  return [...counters].flatMap(([name, endpoints]) => {
    const [direction, number, part, fullName] = name.split("|");
    const meant =
      direction === "outbound" &&
      fullName === host &&
      part === subset &&
      (port === undefined || Number(number) === port);
    return meant ? endpoints : [];
  });
}

export const total = (endpoints: readonly Endpoint[]): number =>
  endpoints.reduce((sum, { requests }) => sum + requests, 0);
