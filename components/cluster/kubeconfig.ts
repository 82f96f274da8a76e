import * as path from "node:path";

/** The parts of a kubeconfig that matter here; all else is passed on as it is. */
export interface Kubeconfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: Record<string, unknown> }[];
  readonly users?: readonly { readonly name: string; readonly user: Record<string, unknown> }[];
}

/** Several kubeconfigs as one; like kubectl, the first that says something wins. */
export function mergeKubeconfigs(kubeconfigs: readonly Kubeconfig[]): Kubeconfig {
  const current = kubeconfigs.map((each) => each["current-context"]).find((context) => context);
  return {
    ...(current !== undefined && { "current-context": current }),
    contexts: kubeconfigs.flatMap(({ contexts }) => contexts ?? []),
    clusters: kubeconfigs.flatMap(({ clusters }) => clusters ?? []),
    users: kubeconfigs.flatMap(({ users }) => users ?? []),
  };
}

/** A copy in which files are named by absolute paths: relative ones start at the folder of the kubeconfig. */
export function withAbsolutePaths(kubeconfig: Kubeconfig, folder: string): Kubeconfig {
  const resolved = (fields: Record<string, unknown>, keys: readonly string[]) => ({
    ...fields,
    ...Object.fromEntries(
      keys.flatMap((key) => {
        const file = fields[key];
        return typeof file === "string" && file !== "" ? [[key, path.resolve(folder, file)]] : [];
      }),
    ),
  });
  return {
    ...kubeconfig,
    clusters: (kubeconfig.clusters ?? []).map(({ name, cluster }) => ({
      name,
      cluster: resolved(cluster, ["certificate-authority"]),
    })),
    users: (kubeconfig.users ?? []).map(({ name, user }) => ({
      name,
      user: resolved(user, ["client-certificate", "client-key", "tokenFile"]),
    })),
  };
}

/**
 * A kubeconfig of one context alone: what else the file knows, such as the credentials of other clusters, has no place in the
 * state of a stack, and its changes are no changes of the provider.
 *
 * @throws Error that lists the contexts if there is none of that name
 */
export function kubeconfigOf(kubeconfig: Kubeconfig, context: string | undefined, source: string): Kubeconfig {
  const { contexts = [], clusters = [], users = [] } = kubeconfig;
  const wanted = context ?? kubeconfig["current-context"];
  const names = contexts.map(({ name }) => name);
  const known = names.length > 0 ? `there are ${[...new Set(names)].join(", ")}` : "it has none";
  if (wanted === undefined) {
    throw new Error(`${source} has no current context; choose one: ${known}`);
  }
  const found = contexts.find(({ name }) => name === wanted);
  if (!found) {
    throw new Error(`${source} has no context ${wanted}; ${known}`);
  }
  const cluster = clusters.find(({ name }) => name === found.context.cluster);
  if (!cluster) {
    throw new Error(
      `the context ${wanted} in ${source} names a cluster ${found.context.cluster} that the file does not have`,
    );
  }
  const user = users.find(({ name }) => name === found.context.user);
  return {
    "current-context": wanted,
    contexts: [found],
    clusters: [cluster],
    users: user ? [user] : [],
  };
}
