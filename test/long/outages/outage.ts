import type { Callers } from "./callers.ts";

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

/** What a rule warns of, and what requests show of it. All of it is in Bookinfo's namespace unless it says otherwise. */
export interface Outage {
  readonly rule: string;
  /** What tells it from others of the rule. */
  readonly what?: string;
  readonly bad: readonly Manifest[];
  /** The same, mended. */
  readonly good: readonly Manifest[];
  readonly ask: (callers: Callers) => Promise<unknown>;
  /** What comes of asking. */
  readonly seen: { readonly bad: unknown; readonly good: unknown };
}

export const NAMESPACE = "bookinfo";

/** The labels of the pods behind Bookinfo's details, which answer at the path. */
export const PODS = { app: "details" };
export const PATH = "/details/0";

const object =
  (apiVersion: string, kind: string) =>
  (spec: object, name = "shop"): Manifest => ({ apiVersion, kind, metadata: { name, namespace: NAMESPACE }, spec });

const networking = "networking.istio.io/v1";
export const gateway = object(networking, "Gateway");
export const virtualService = object(networking, "VirtualService");
export const destinationRule = object(networking, "DestinationRule");
export const serviceEntry = object(networking, "ServiceEntry");
export const envoyFilter = object("networking.istio.io/v1alpha3", "EnvoyFilter");
export const telemetry = object("telemetry.istio.io/v1", "Telemetry");
export const service = object("v1", "Service");

const security = "security.istio.io/v1";
const selecting = (kind: string) => (spec: object) =>
  object(security, kind)({ selector: { matchLabels: PODS }, ...spec });
export const authorizationPolicy = selecting("AuthorizationPolicy");
export const peerAuthentication = selecting("PeerAuthentication");
export const requestAuthentication = selecting("RequestAuthentication");

/** A Service of the pods of details, whose port is another one than theirs. */
export const SHOP = service({ selector: PODS, ports: [{ name: "http", port: 80, targetPort: 9080 }] });
export const SHOP_URL = `http://shop.${NAMESPACE}${PATH}`;
export const toShop = (destination: object = {}) => ({
  route: [{ destination: { host: "shop", port: { number: 80 }, ...destination } }],
});
