import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { applyFields, type FieldOwners } from "./fieldOwners.ts";
import { Refusal } from "./refusal.ts";

/** One request as the server got it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
  readonly authorization: string | undefined;
}

interface Kind {
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
}

const kind = (name: string, kind: string, namespaced = true): Kind => ({ kind, name, namespaced });

const KINDS: Record<string, Kind[]> = {
  "/api/v1": [
    kind("namespaces", "Namespace", false),
    kind("configmaps", "ConfigMap"),
    kind("events", "Event"),
    kind("pods", "Pod"),
    kind("pods/log", "Pod"),
    kind("secrets", "Secret"),
    kind("serviceaccounts", "ServiceAccount"),
    kind("services", "Service"),
  ],
  "/apis/apps/v1": [kind("deployments", "Deployment"), kind("statefulsets", "StatefulSet")],
  "/apis/batch/v1": [kind("jobs", "Job")],
  "/apis/discovery.k8s.io/v1": [kind("endpointslices", "EndpointSlice")],
  "/apis/rbac.authorization.k8s.io/v1": [kind("roles", "Role"), kind("rolebindings", "RoleBinding")],
  "/apis/networking.istio.io/v1": [
    kind("gateways", "Gateway"),
    kind("virtualservices", "VirtualService"),
    kind("destinationrules", "DestinationRule"),
  ],
};

/** The part of an API server that a provider talks to: discovery, get, list, apply with field managers, dry run, delete. */
export class FakeCluster {
  readonly requests: Seen[] = [];
  readonly objects = new Map<string, Fields>();
  /** Groups and versions that the server does not know yet. */
  readonly unknown = new Set<string>();
  /** An admission webhook: throws a Refusal for what it does not admit. */
  admit: (object: Fields, seen: Seen) => void = () => undefined;
  /** Defaults and controllers: change an object that was applied, also at a dry run. */
  reconcile: (object: Fields) => void = () => undefined;
  /** Sees each request before it is served, and may refuse it. */
  intercept: (seen: Seen) => void = () => undefined;
  readonly #owners = new Map<string, FieldOwners>();
  readonly #server: Server;
  #count = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeCluster> {
    const server = createServer((request, response) => {
      void cluster.#serve(request, response);
    });
    const cluster = new FakeCluster(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cluster.store({ apiVersion: "v1", kind: "Namespace", metadata: { name: "bookinfo" }, status: { phase: "Active" } });
    return cluster;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Ends all connections and takes no new ones for a while. */
  restart(milliseconds: number): void {
    const { port } = this.#server.address() as AddressInfo;
    this.stop();
    setTimeout(() => this.#server.listen(port, "127.0.0.1"), milliseconds);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  kubeconfig(user: Fields = {}): string {
    return JSON.stringify({
      clusters: [{ name: "fake", cluster: { server: this.url } }],
      users: [{ name: "me", user }],
      contexts: [{ name: "fake", context: { cluster: "fake", user: "me" } }],
      "current-context": "fake",
    });
  }

  /** Puts an object there, as if it had always been. */
  store(object: Fields, manager = "somebody"): string {
    const path = pathOf(object);
    const { live, owners } = applyFields(undefined, new Map(), object, manager, true);
    this.objects.set(path, { ...live, metadata: { uid: `uid-${++this.#count}`, ...live.metadata } });
    this.#owners.set(path, owners);
    return path;
  }

  /** Changes fields by hand, with kubectl. */
  patchByHand(object: Fields, manager = "kubectl-patch"): void {
    const path = pathOf(object);
    const { live, owners } = applyFields(
      this.objects.get(path),
      this.#owners.get(path) ?? new Map(),
      object,
      manager,
      true,
    );
    this.objects.set(path, live);
    this.#owners.set(path, owners);
  }

  /** The requests that changed something. */
  get changes(): Seen[] {
    return this.requests.filter(({ method, query }) => method !== "GET" && query.get("dryRun") === null);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", this.url);
    const text = Buffer.concat(chunks).toString();
    const { authorization } = request.headers;
    const seen = { method: request.method ?? "", path, query, body: text ? JSON.parse(text) : {}, authorization };
    this.requests.push(seen);
    const send = (code: number, answer: Fields) =>
      response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(answer));
    try {
      this.intercept(seen);
      send(200, this.#answer(seen));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, details } = error;
      send(code, { kind: "Status", code, message, details });
    }
  }

  #answer(seen: Seen): Fields {
    const { method, path } = seen;
    const resources = KINDS[path];
    if (resources && !this.unknown.has(path)) return { kind: "APIResourceList", resources };
    if (method === "PATCH") return this.#apply(seen);
    const live = this.objects.get(path);
    if (method === "GET" && isCollection(path)) return { items: this.#select(seen) };
    if (!live) throw new Refusal(404, `${path} not found`, { name: path.split("/").pop() });
    if (method === "DELETE") this.#delete(path, live);
    return live;
  }

  #apply({ path, query, body, ...seen }: Seen): Fields {
    const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1];
    if (namespace && !this.objects.has(`/api/v1/namespaces/${namespace}`)) {
      throw new Refusal(404, `namespaces "${namespace}" not found`, { kind: "namespaces", name: namespace });
    }
    this.admit(body, { path, query, body, ...seen });
    const before = this.objects.get(path);
    const manager = query.get("fieldManager") ?? "";
    const isForced = query.get("force") === "true";
    const { live, owners } = applyFields(before, this.#owners.get(path) ?? new Map(), body, manager, isForced);
    const generation = Number(before?.metadata.generation ?? 0) + 1;
    const applied = { ...live, metadata: { uid: `uid-${++this.#count}`, ...live.metadata, generation } };
    this.reconcile(applied);
    if (query.get("dryRun") === "All") return applied;
    this.objects.set(path, applied);
    this.#owners.set(path, owners);
    return applied;
  }

  #delete(path: string, live: Fields): void {
    if (live.metadata.finalizers?.length) live.metadata.deletionTimestamp = "2026-01-01T00:00:00Z";
    else this.objects.delete(path);
  }

  #select({ path, query }: Seen): Fields[] {
    const wanted = (query.get("labelSelector") ?? "")
      .split(",")
      .filter(Boolean)
      .map((label) => label.split("="));
    return [...this.objects.entries()]
      .filter(([object]) => object.startsWith(`${path}/`) && !object.slice(path.length + 1).includes("/"))
      .map(([, object]) => object)
      .filter(({ metadata }) => wanted.every(([key = "", value]) => metadata.labels?.[key] === value));
  }
}

/** A path that ends with the name of a resource, not with that of an object. */
function isCollection(path: string): boolean {
  const parts = path.split("/");
  return path.includes("/namespaces/") ? parts.length - parts.indexOf("namespaces") === 3 : false;
}

export function pathOf({ apiVersion, kind, metadata }: Fields): string {
  const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const found = KINDS[group]?.find((known) => known.kind === kind);
  if (!found) throw new Error(`the fake cluster knows no ${kind} of ${apiVersion}`);
  const namespace = found.namespaced ? `/namespaces/${metadata.namespace}` : "";
  return `${group}${namespace}/${found.name}/${metadata.name}`;
}
