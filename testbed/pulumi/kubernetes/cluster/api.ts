import type { Fields } from "../../provider/values/value.ts";
import { readConnection, type ClusterArgs, type Connection } from "./kubeconfig.ts";
import { ApiError, Transport } from "./transport.ts";

/** The server does not know the kind, or not yet: its definition may come later in the same run. */
export class NoMatch extends Error {
  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind "${kind}" in version "${apiVersion}"`);
  }
}

/** Where an object lives. */
export interface Location {
  readonly path: string;
  readonly namespaced: boolean;
  /** Resource and group, e.g. `deployments.apps`. */
  readonly resource: string;
}

export interface ApplyOptions {
  /** The field manager: who owns the fields that the object names. */
  readonly manager: string;
  /** The server answers as if, and changes nothing. */
  readonly dryRun: boolean;
  /** Takes over fields that somebody else manages. */
  readonly force: boolean;
  readonly warn?: (message: string) => void;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** How long a kind that is not there is not asked for again, in milliseconds. */
const ASK_AGAIN = 200;

/** Objects of any kind, exactly as the API server gives them. */
export class Api {
  readonly connection: Connection;
  readonly #transport: Transport;
  /** What discovery said of a group and version. */
  readonly #resources = new Map<string, Promise<readonly ApiResource[]>>();
  /** When it was asked last. */
  readonly #asked = new Map<string, number>();

  constructor(args: ClusterArgs) {
    this.connection = readConnection(args);
    this.#transport = new Transport(this.connection);
  }

  /** @throws NoMatch if the server does not know the kind */
  async locate(object: Fields): Promise<Location> {
    const { apiVersion, kind, metadata = {} } = object;
    const { name: resource, namespaced } = await this.#find(apiVersion, kind);
    const namespace = namespaced ? `/namespaces/${metadata.namespace ?? this.connection.namespace}` : "";
    const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
    return {
      path: `${groupPath(apiVersion)}${namespace}/${resource}/${encodeURIComponent(metadata.name)}`,
      namespaced,
      resource: `${resource}${group}`,
    };
  }

  /** The object at a path, or undefined if there is none. */
  async get(path: string, accept?: string): Promise<Fields | undefined> {
    try {
      return await this.#transport.request("GET", path, accept === undefined ? {} : { accept });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The items of the list at a path. */
  async list(path: string, accept?: string): Promise<Fields[]> {
    return (await this.get(path, accept))?.items ?? [];
  }

  /** Server-side apply: the object has the fields that we name afterwards, and exists. */
  apply(path: string, object: Fields, { manager, dryRun, force, warn }: ApplyOptions): Promise<Fields> {
    const query = new URLSearchParams({ fieldManager: manager, fieldValidation: "Warn", force: String(force) });
    if (dryRun) query.set("dryRun", "All");
    const options = { body: object, type: "application/apply-patch+yaml", warn };
    return this.#transport.request("PATCH", `${path}?${query.toString()}`, options);
  }

  remove(path: string, propagationPolicy: string): Promise<Fields> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy };
    return this.#transport.request("DELETE", path, { body });
  }

  async #find(apiVersion: string, kind: string): Promise<ApiResource> {
    // What was not there a moment ago may be there now: only what was found is remembered.
    const isKind = (resource: ApiResource) => resource.kind === kind;
    const cached = (await this.#resources.get(apiVersion))?.find(isKind);
    if (cached) return cached;
    // A preview may ask for a thousand objects of a kind whose definition it has yet to make.
    const isTooSoon = Date.now() - (this.#asked.get(apiVersion) ?? 0) < ASK_AGAIN;
    const found = isTooSoon ? undefined : (await this.#discover(apiVersion)).find(isKind);
    if (!found) throw new NoMatch(apiVersion, kind);
    return found;
  }

  #discover(apiVersion: string): Promise<readonly ApiResource[]> {
    this.#asked.set(apiVersion, Date.now());
    const answer = this.get(groupPath(apiVersion)).then((list) => {
      const resources: ApiResource[] = list?.resources ?? [];
      return resources.filter(({ name }) => !name.includes("/")); // deployments/status and its like
    });
    this.#resources.set(
      apiVersion,
      answer.catch(() => []),
    );
    return answer;
  }
}

const groupPath = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
