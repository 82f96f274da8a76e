// Asks Envoy itself whether it takes a configuration, without starting it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeOf } from "../../lib/run.ts";

/** A route that answers by itself, with more fields. */
export const routeWith = (fields: object): object => ({
  match: { prefix: "/" },
  direct_response: { status: 200 },
  ...fields,
});

/** A listener with these routes, and perhaps an access log and filters of HTTP before the router. */
export function configOf(
  routes: readonly object[],
  accessLog: readonly object[] = [],
  filters: readonly object[] = [],
) {
  const type = "type.googleapis.com/envoy.extensions.filters";
  const manager = {
    "@type": `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: "test",
    access_log: accessLog,
    http_filters: [
      ...filters,
      { name: "envoy.filters.http.router", typed_config: { "@type": `${type}.http.router.v3.Router` } },
    ],
    route_config: { name: "routes", virtual_hosts: [{ name: "all", domains: ["*"], routes }] },
  };
  const filter = { name: "envoy.filters.network.http_connection_manager", typed_config: manager };
  const address = { socket_address: { address: "127.0.0.1", port_value: 0 } };
  return { static_resources: { listeners: [{ name: "test", address, filter_chains: [{ filters: [filter] }] }] } };
}

/** A cluster with more fields. */
export function clusterWith(fields: object): object {
  const cluster = { name: "one", type: "STATIC", connect_timeout: "1s", ...fields };
  return { static_resources: { clusters: [cluster] } };
}

/** A route to a cluster, in a proxy that takes expressions as large as Istio's proxies do. */
export function routeTo(route: object, match: object = { prefix: "/" }): object {
  const { listeners } = configOf([{ match, route: { cluster: "one", ...route } }]).static_resources;
  const clusters = [{ name: "one", type: "STATIC", connect_timeout: "1s" }];
  const layer = { name: "static", static_layer: { "re2.max_program_size.error_level": 32768 } };
  return { static_resources: { listeners, clusters }, layered_runtime: { layers: [layer] } };
}

/** A header set to a value, as istiod hands it on. */
export const settingHeader = (value: string): object => ({
  request_headers_to_add: [{ header: { key: "x-a", value }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" }],
});

/** The format of an access log, as istiod hands it on. */
export const logging = (format: string, filter?: string) =>
  configOf(
    [],
    [
      {
        name: "envoy.access_loggers.file",
        typed_config: {
          "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
          path: "/dev/null",
          log_format: { text_format_source: { inline_string: `${format}\n` } },
        },
        ...(filter !== undefined && {
          filter: {
            extension_filter: {
              name: "cel",
              typed_config: {
                "@type": "type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
                expression: filter,
              },
            },
          },
        }),
      },
    ],
  );

/** Envoy's judgement, with a folder for what it is to read. */
export class Judge {
  #files = 0;

  readonly envoy: string;
  readonly folder: string;

  constructor(envoy: string, folder: string) {
    this.envoy = envoy;
    this.folder = folder;
  }

  /** Why Envoy refuses the configuration; undefined if it takes it. */
  async refusal(config: object): Promise<string | undefined> {
    const file = join(this.folder, `${(this.#files += 1)}.json`);
    writeFileSync(file, JSON.stringify(config));
    const args = ["--mode", "validate", "--log-level", "error", "-c", file];
    const { exitCode, stdout, stderr } = await outcomeOf(this.envoy, args);
    return exitCode === 0 ? undefined : `${stdout}${stderr}`.trim();
  }

  /** The same of several, a few at a time. */
  async refusals(configs: readonly object[]): Promise<(string | undefined)[]> {
    const results: (string | undefined)[] = [];
    const rest = configs.entries();
    const worker = async () => {
      for (const [index, config] of rest) results[index] = await this.refusal(config);
    };
    await Promise.all([worker(), worker(), worker()]);
    return results;
  }
}
