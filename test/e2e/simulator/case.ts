// How the cases of the simulator's judge are written.
import { CALLERS, HOME, type Caller } from "./ground.ts";

export interface Case {
  /** What it is about. */
  readonly about: string;
  readonly objects: readonly object[];
  readonly asks: readonly Ask[];
}

export interface Ask {
  readonly from?: Caller;
  readonly url: string;
  /** Where the connection goes, if not to the host of the URL. */
  readonly to?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const istio = (kind: string, name: string, spec: object, namespace = HOME): object => ({
  apiVersion: `${["PeerAuthentication", "AuthorizationPolicy"].includes(kind) ? "security" : "networking"}.istio.io/v1`,
  kind,
  metadata: { name, namespace },
  spec,
});

export const versions = (host: string, names: readonly string[], more: object = {}, namespace = HOME) =>
  istio(
    "DestinationRule",
    `${host}-${names.join("-")}`.replaceAll(/[^a-z0-9-]/g, "x"),
    { host, subsets: names.map((version) => ({ name: version, labels: { version } })), ...more },
    namespace,
  );

export const to = (host: string, subset?: string, port?: number) => ({
  route: [
    {
      destination: {
        host,
        ...(subset !== undefined && { subset }),
        ...(port !== undefined && { port: { number: port } }),
      },
    },
  ],
});

export const answer = (status: number, match?: object) => ({
  ...(match && { match: [match] }),
  directResponse: { status },
});

export const everywhere = (url: string, more: Partial<Ask> = {}): Ask[] =>
  CALLERS.map((from) => ({ from, url, ...more }));
