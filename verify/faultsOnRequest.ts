// Failures that a request asks for by its headers: services that are well do not show what a timeout, a retry or a circuit
// breaker does. They are put in at the server's proxy, behind all that is looked at, for requests of this run only.
import { randomBytes } from "node:crypto";
import { ApiException, CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { inboundFilter } from "../components/traffic/rateLimit/inboundFilter.ts";
import { until } from "../lib/process.ts";
import type { Request } from "./requests.ts";
import type { ProbeSource } from "./probeSource.ts";

const KIND = { group: "networking.istio.io", version: "v1alpha3", plural: "envoyfilters" };
const HEADER = "x-mesh-verify";
/** A status that no limit, retry or ejection takes for a failure of the service. */
const HARMLESS = 418;

export interface Fault {
  readonly status?: number;
  readonly seconds?: number;
}

export class FaultsOnRequest {
  private readonly api: CustomObjectsApi;
  private readonly namespace: string;
  private readonly name: string;
  private readonly token: string;

  private constructor(api: CustomObjectsApi, namespace: string, name: string, token: string) {
    this.api = api;
    this.namespace = namespace;
    this.name = name;
    this.token = token;
  }

  /** Lets the pods with these labels fail on request. */
  static async at(
    config: KubeConfig,
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): Promise<FaultsOnRequest> {
    const api = config.makeApiClient(CustomObjectsApi);
    const name = `verify-${labels.app ?? "faults"}`;
    const faults = new FaultsOnRequest(api, namespace, name, randomBytes(16).toString("hex"));
    await faults.remove(); // What a run that was killed may have left.
    const body = {
      apiVersion: `${KIND.group}/${KIND.version}`,
      kind: "EnvoyFilter",
      metadata: { name, namespace },
      spec: faultFilter(labels, faults.token),
    };
    await api.createNamespacedCustomObject({ ...KIND, namespace, body });
    return faults;
  }

  /** The request, with what makes it fail. */
  asked(request: Request, { status, seconds }: Fault): Request {
    return {
      ...request,
      headers: {
        ...request.headers,
        [HEADER]: this.token,
        ...(status !== undefined && { "x-envoy-fault-abort-request": String(status) }),
        ...(seconds !== undefined && { "x-envoy-fault-delay-request": String(Math.round(seconds * 1000)) }),
      },
    };
  }

  /**
   * Waits until all pods do as they are asked, on all connections: those that a proxy had before go on as they were, and
   * are closed one by one.
   * @param narrow whether the service takes only a few requests at once
   */
  async ready(source: ProbeSource, request: Request, narrow: boolean): Promise<void> {
    await until("the proxies to accept requested faults", 60, async () => {
      const sending = { count: 60, parallel: narrow ? 1 : 8, patience: 10, apart: true };
      const answers = await source.send(this.asked(request, { status: HARMLESS }), sending);
      return answers.every(({ status }) => status === HARMLESS) || undefined;
    });
  }

  async remove(): Promise<void> {
    const { namespace, name } = this;
    try {
      await this.api.deleteNamespacedCustomObject({ ...KIND, namespace, name });
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 404)) throw error;
    }
  }
}

/** The `spec` of the EnvoyFilter: only requests that carry the token can ask for anything. */
export function faultFilter(labels: Readonly<Record<string, string>>, token: string) {
  const every = { percentage: { numerator: 100 } };
  return inboundFilter(labels, {
    name: "mesh.verify",
    typed_config: {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
      headers: [{ name: HEADER, string_match: { exact: token } }],
      abort: { header_abort: {}, ...every },
      delay: { header_delay: {}, ...every },
    },
  });
}
