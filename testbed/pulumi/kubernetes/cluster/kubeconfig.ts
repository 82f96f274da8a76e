import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { loadAll } from "js-yaml";
import { isFields, type Fields } from "../../provider/values/value.ts";

/** The provider's arguments that choose a cluster. */
export interface ClusterArgs {
  /**
   * A path or the content of a kubeconfig.
   * @default - $KUBECONFIG, else ~/.kube/config
   */
  readonly kubeconfig?: string;
  /** @default - the kubeconfig's current context */
  readonly context?: string;
  /** @default - the context's cluster */
  readonly cluster?: string;
  /** @default - the context's namespace, else `default` */
  readonly namespace?: string;
}

/** A cluster, and who we are there. */
export interface Connection {
  /** The kubeconfig's entry of the cluster; every path in it is absolute. */
  readonly cluster: Fields;
  /** The kubeconfig's entry of the user; every path in it is absolute. */
  readonly user: Fields;
  /** The namespace of objects that name none. */
  readonly namespace: string;
}

const PATHS = ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

/**
 * Finds the cluster that the arguments mean.
 * @throws Error that says what is missing; it never quotes the file, which holds keys
 */
export function readConnection(args: ClusterArgs): Connection {
  const files = kubeconfigs(args.kubeconfig);
  const named = (list: string, name: unknown): Fields | undefined =>
    files.flatMap((file) => (Array.isArray(file[list]) ? file[list] : [])).find((entry: Fields) => entry.name === name);
  const contextName = args.context ?? files.find((file) => file["current-context"])?.["current-context"];
  const context: Fields | undefined = named("contexts", contextName)?.context;
  if (!context && (args.context !== undefined || args.cluster === undefined)) {
    throw new Error(`the kubeconfig has no context ${contextName ? `"${contextName}"` : "that is current"}`);
  }
  const clusterName = args.cluster ?? context?.cluster;
  const cluster = named("clusters", clusterName)?.cluster;
  if (typeof cluster?.server !== "string") throw new Error(`the kubeconfig has no cluster "${clusterName}"`);
  const user = named("users", context?.user)?.user ?? {};
  return { cluster, user, namespace: args.namespace ?? context?.namespace ?? "default" };
}

/** The connection as a kubeconfig, for programs that read one. */
export function asKubeconfig({ cluster, user, namespace }: Connection): string {
  const name = "cluster";
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    "current-context": name,
  });
}

function kubeconfigs(given: string | undefined): Fields[] {
  if (given) {
    const path = given.replace(/^~(?=\/)/, homedir());
    return [existsSync(path) ? readFile(path) : parseContent(given)];
  }
  const paths = process.env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? [join(homedir(), ".kube", "config")];
  const found = paths.filter((path) => existsSync(path));
  if (found.length === 0) throw new Error("there is no kubeconfig: set the provider's kubeconfig, or $KUBECONFIG");
  return found.map(readFile);
}

/** Paths in a kubeconfig are relative to its folder. */
function readFile(path: string): Fields {
  const file = parseContent(readFileSync(path, "utf8"));
  const folder = dirname(resolve(path));
  const entries: Fields[] = [...(file.clusters ?? []), ...(file.users ?? [])];
  for (const part of entries.map((entry) => entry.cluster ?? entry.user)) {
    for (const key of PATHS) if (part?.[key]) part[key] = resolve(folder, part[key]);
    if (part?.exec?.command?.includes("/")) part.exec.command = resolve(folder, part.exec.command);
  }
  return file;
}

function parseContent(content: string): Fields {
  let file: unknown;
  try {
    [file] = loadAll(content);
  } catch {
    // The parser's own message would quote the file, keys and all.
    throw new Error("the kubeconfig is not YAML");
  }
  if (!isFields(file)) throw new Error("the kubeconfig is neither the path of a file nor the content of one");
  return file;
}
