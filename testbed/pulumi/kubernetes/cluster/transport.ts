import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fields, Value } from "../../provider/values/value.ts";
import { Credentials, readPem, type Identity } from "./credentials.ts";
import type { Connection } from "./kubeconfig.ts";

/** The API server refused; the message is its own. */
export class ApiError extends Error {
  readonly status: number;
  /** The server's `Status` object. */
  readonly body: Fields;

  constructor(status: number, body: Fields) {
    super(typeof body.message === "string" && body.message ? body.message : `the API server answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

export interface RequestOptions {
  readonly body?: Value;
  /** @default "application/json" */
  readonly type?: string;
  /** @default "application/json" */
  readonly accept?: string;
  /** Is told each warning that the server sends along. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** After so long without an answer a request has failed, in milliseconds. */
const PATIENCE = 60_000;
/** How often a request is sent that the server is too busy to take. */
const ATTEMPTS = 6;

/** Sends requests to an API server, over connections that it keeps open. */
export class Transport {
  readonly #server: URL;
  readonly #tls: https.AgentOptions;
  readonly #credentials: Credentials;
  #agent: http.Agent | undefined;
  #agentOf: Identity | undefined;

  constructor({ cluster, user }: Connection) {
    this.#server = new URL(cluster.server);
    this.#tls = {
      ca: readPem(cluster, "certificate-authority"),
      rejectUnauthorized: cluster["insecure-skip-tls-verify"] !== true,
      servername: cluster["tls-server-name"],
    };
    this.#credentials = new Credentials(user);
  }

  /**
   * Sends one request and returns the object of the answer.
   * @throws ApiError if the server refuses
   */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<Fields> {
    for (let attempt = 1; ; attempt++) {
      const identity = await this.#credentials.identity();
      try {
        return await this.#send(method, path, options, identity);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        if (error instanceof Stale) continue;
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 429 || isShuttingDown(error)) await sleep(500 * attempt);
        else if (error.status !== 401 || attempt > 1 || !this.#credentials.forget()) throw error;
      }
    }
  }

  #send(method: string, path: string, options: RequestOptions, identity: Identity): Promise<Fields> {
    const payload = options.body === undefined ? undefined : Buffer.from(JSON.stringify(options.body));
    const headers = {
      accept: options.accept ?? "application/json",
      ...(identity.token && { authorization: `Bearer ${identity.token}` }),
      // Without the length, Node sends the body of a DELETE unannounced, and the server takes it for the next request.
      ...(payload && { "content-type": options.type ?? "application/json", "content-length": payload.length }),
    };
    const target = new URL(this.#server.pathname.replace(/\/$/, "") + path, this.#server);
    const send = target.protocol === "https:" ? https.request : http.request;
    return new Promise((resolve, reject) => {
      const request = send(
        target,
        { method, headers, agent: this.#agentFor(identity), timeout: PATIENCE },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const status = response.statusCode ?? 0;
            const answer = parseAnswer(Buffer.concat(chunks).toString());
            for (const warning of warningsOf(response)) options.warn?.(warning);
            if (status >= 200 && status < 300) resolve(answer);
            else reject(new ApiError(status, answer));
          });
        },
      );
      request.on("timeout", () => request.destroy(new Error(`no answer to ${method} within ${PATIENCE / 1000} s`)));
      request.on("error", (error: NodeJS.ErrnoException) => {
        // The server may close a kept connection in the very moment in which we use it again.
        if (request.reusedSocket && error.code === "ECONNRESET") reject(new Stale());
        else reject(new Unreachable(error));
      });
      request.end(payload);
    });
  }

  #agentFor(identity: Identity): http.Agent {
    if (this.#agent && this.#agentOf === identity) return this.#agent;
    this.#agentOf = identity;
    const { cert, key } = identity;
    const secure = this.#server.protocol === "https:";
    this.#agent = secure
      ? new https.Agent({ keepAlive: true, ...this.#tls, cert, key })
      : new http.Agent({ keepAlive: true });
    return this.#agent;
  }
}

/** The server has not answered: it may be gone, or restart. */
export class Unreachable extends Error {
  constructor(cause: Error) {
    super(`the Kubernetes cluster is unreachable: ${cause.message}`, { cause });
  }
}

/** The kept connection was closed before the request went out. */
class Stale extends Error {}

const isShuttingDown = ({ status, body }: ApiError): boolean =>
  status === 503 && typeof body.details?.retryAfterSeconds === "number";

function parseAnswer(text: string): Fields {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return { message: text.trim() };
  }
}

/** Warnings come in a header of their own, as `299 - "text"`. */
function warningsOf(response: http.IncomingMessage): string[] {
  const header = response.headers.warning ?? "";
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text.replaceAll(/\\(.)/g, "$1"));
}
