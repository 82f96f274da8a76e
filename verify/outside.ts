// The client outside the mesh: requests of this machine to the ingress gateway.
import * as http from "node:http";
import * as https from "node:https";
import type { Answer } from "./answers.ts";
import type { Request } from "./requests.ts";

/** Where a port of the ingress gateway is published on this machine. */
export interface GatewayPort {
  readonly scheme: "http" | "https";
  readonly port: number;
}

/** One request, on a connection of its own. The gateway's certificate is looked at by another check. */
export function sendOutside(
  gatewayPort: GatewayPort,
  request: Request,
  patience: number,
  body?: string,
): Promise<Answer> {
  const { host = "", ...headers } = request.headers;
  const query = new URLSearchParams(request.query).toString();
  const options = {
    host: "127.0.0.1",
    port: gatewayPort.port,
    method: request.method,
    path: request.path + (query && `?${query}`),
    headers: { ...headers, host: `${host}:${gatewayPort.port}` },
    agent: false as const,
    signal: AbortSignal.timeout(patience * 1000),
  };
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (status: number, answered: http.IncomingHttpHeaders, chunks: readonly Buffer[]) => {
      const flat = Object.entries(answered).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : value,
      ]);
      resolve({
        status,
        seconds: (performance.now() - start) / 1000,
        headers: Object.fromEntries(flat) as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
    };
    const receive = (response: http.IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        done(response.statusCode ?? 0, response.headers, chunks);
      });
      response.on("error", () => {
        done(0, {}, []);
      });
    };
    const sent =
      gatewayPort.scheme === "https"
        ? https.request({ ...options, servername: host, rejectUnauthorized: false }, receive)
        : http.request(options, receive);
    sent.on("error", () => {
      done(0, {}, []);
    });
    sent.end(body);
  });
}

/** The cookie of a user who has signed in at the product page: it believes nobody else. */
export async function signIn(gatewayPort: GatewayPort, host: string, user: string): Promise<string> {
  const headers = { host, "content-type": "application/x-www-form-urlencoded" };
  const form = new URLSearchParams({ username: user, passwd: "" }).toString();
  const answer = await sendOutside(gatewayPort, { method: "POST", path: "/login", query: {}, headers }, 10, form);
  const cookie = answer.headers["set-cookie"]?.split(";")[0];
  if (cookie === undefined) throw new Error(`sign-in to the product page as ${user} failed: status ${answer.status}`);
  return cookie;
}
