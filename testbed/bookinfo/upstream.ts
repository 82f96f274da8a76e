import * as http from "node:http";

/** What a service answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Base address of another service, from the variables that the sample's images read: `<NAME>_HOSTNAME`, `<NAME>_SERVICE_PORT`
 * (which Kubernetes also sets, to the port of the Service) and `SERVICES_DOMAIN`.
 */
export function upstream(service: string, environment: Environment): string {
  const prefix = service.toUpperCase();
  const host = environment[`${prefix}_HOSTNAME`] ?? service;
  const domain = environment.SERVICES_DOMAIN;
  return `http://${host}${domain ? `.${domain}` : ""}:${environment[`${prefix}_SERVICE_PORT`] ?? "9080"}`;
}

/**
 * One GET on a connection of its own: without a pool, each request is balanced anew, which is what the traffic tasks look at.
 *
 * @param timeout - milliseconds for the whole exchange
 * @throws if there is no complete answer in time
 */
export function get(url: string, headers: http.OutgoingHttpHeaders, timeout: number): Promise<Answer> {
  return getWith(http.get, url, headers, timeout);
}

/** As {@link get}, over TLS. */
export async function getSecurely(url: string, headers: http.OutgoingHttpHeaders, timeout: number): Promise<Answer> {
  // Loaded when first needed: TLS is a good part of a start otherwise.
  const https = await import("node:https");
  return getWith(https.get, url, headers, timeout);
}

function getWith(
  send: typeof http.get,
  url: string,
  headers: http.OutgoingHttpHeaders,
  timeout: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send(url, { headers, agent: false, signal: AbortSignal.timeout(timeout) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
      });
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}
