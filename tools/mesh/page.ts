// The product page over real requests through the ingress gateway.
import { Agent, get } from "node:http";

export interface Page {
  readonly status: number;
  readonly body: string;
}

/** Where the ingress gateway listens, and for whom the request is. */
export interface Endpoint {
  readonly port: number;
  readonly host: string;
  readonly path: string;
}

/** A page through the gateway. A connection for each request, so that the gateway balances each anew. */
export function fetchPage(
  { port, host, path }: Endpoint,
  timeout = 10_000,
  further: Readonly<Record<string, string>> = {},
): Promise<Page> {
  return new Promise((resolve, reject) => {
    const headers = { ...further, host: `${host}:${port}` };
    const request = get({ host: "127.0.0.1", port, path, headers, timeout, agent: new Agent() }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    request.on("error", reject);
    request.on("timeout", () => request.destroy(new Error(`no answer within ${timeout} ms`)));
  });
}

/** The version of reviews that served the page, by the name of its pod; undefined where the page has no reviews. */
export const reviewsVersionOf = (page: string): string | undefined =>
  /reviews-(v\d+)-[a-z0-9]+-[a-z0-9]+/.exec(page)?.[1];

/** How many of the pages each version of reviews served. Pages without reviews count as "none", failures as "failed". */
export async function measureReviews(endpoint: Endpoint, requests: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const one = async () => {
    const { status, body } = await fetchPage(endpoint).catch(() => ({ status: 0, body: "" }));
    const version = status === 200 ? (reviewsVersionOf(body) ?? "none") : "failed";
    counts.set(version, (counts.get(version) ?? 0) + 1);
  };
  const worker = async (share: number) => {
    for (let i = 0; i < share; i++) await one();
  };
  const workers = 4;
  await Promise.all(Array.from({ length: workers }, (_, i) => worker(Math.floor((requests + i) / workers))));
  return new Map([...counts].sort());
}
