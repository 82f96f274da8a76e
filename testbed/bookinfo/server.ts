import * as http from "node:http";
import type * as net from "node:net";
import { exposeMetrics } from "./metrics.ts";

export interface Request {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  /** @throws BodyTooLong, which becomes a 413 */
  body(): Promise<string>;
}

export interface Reply {
  readonly status: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body: string;
  /** The signed-in user, for the log. */
  readonly user?: string | undefined;
}

export interface Route {
  /** @default - every method; GET answers HEAD too */
  readonly method?: "GET" | "POST";
  /** Compared with the whole path; its groups are the handler's parameters. */
  readonly path: RegExp;
  readonly handle: (request: Request, ...groups: string[]) => Reply | Promise<Reply>;
}

export interface Identity {
  readonly service: string;
  readonly version: string;
}

class BodyTooLong extends Error {}

const MAX_BODY = 64 * 1024;

/** Longer than the hour after which Envoy drops an idle connection: whoever closes first must not be the server, or a request may cross the closing. */
const KEEP_ALIVE = 65 * 60_000;

export function json(status: number, value: unknown): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** Serves the routes until SIGTERM, and then what is under way; one line of JSON on standard output for each request. */
export function serve(identity: Identity, port: number, routes: readonly Route[]): http.Server {
  const all: readonly Route[] = [...routes, { method: "GET", path: /^\/metrics$/, handle: exposeMetrics }];
  const server = http.createServer({ noDelay: true, keepAliveTimeout: KEEP_ALIVE }, (message, response) => {
    const started = performance.now();
    const url = new URL(message.url ?? "/", "http://service");
    let user = message.headers["end-user"];
    response.on("close", () => {
      log(identity, {
        method: message.method,
        // Never the query: a form sent by GET carries the password in it.
        path: url.pathname,
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        host: message.headers.host,
        user,
        requestId: message.headers["x-request-id"],
        ...(response.writableFinished ? {} : { aborted: true }),
      });
      if (!server.listening) server.closeIdleConnections();
    });
    void answer(all, message, url).then((reply) => {
      user = reply.user ?? user;
      response.writeHead(reply.status, {
        ...reply.headers,
        "content-length": Buffer.byteLength(reply.body),
        ...(server.listening ? {} : { connection: "close" }),
      });
      response.end(reply.body);
    });
  });
  server.listen(port, () => {
    logListening(identity, server);
  });
  stopOnSignal(identity, server);
  return server;
}

/** Ends the process as soon as the server has nothing left to do. */
export function stopOnSignal(identity: Identity, server: { close(done: () => void): unknown }): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log(identity, { event: "stopping", signal });
      server.close(() => process.exit(0));
    });
  }
}

/** The port is the one that the system gave, if it was asked for any (0). */
export function logListening(identity: Identity, server: net.Server): void {
  const address = server.address();
  log(identity, { event: "listening", port: typeof address === "object" ? address?.port : undefined });
}

export function log(identity: Identity, entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...identity, ...entry })}\n`);
}

async function answer(routes: readonly Route[], message: http.IncomingMessage, url: URL): Promise<Reply> {
  const matching = routes.flatMap((route) => {
    const match = route.path.exec(url.pathname);
    return match === null ? [] : [{ route, groups: match.slice(1) }];
  });
  if (matching.length === 0) return json(404, { error: "there is nothing at this path" });
  const method = message.method === "HEAD" ? "GET" : message.method;
  const found = matching.find(({ route }) => route.method === undefined || route.method === method);
  if (found === undefined) return json(405, { error: "this path does not take this method" });
  const request: Request = {
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: () => readBody(message),
  };
  try {
    return await found.route.handle(request, ...found.groups);
  } catch (error) {
    if (error instanceof BodyTooLong) return json(413, { error: "the body is longer than 64 KiB" });
    return json(500, { error: error instanceof Error ? error.message : "unknown error" });
  }
}

async function readBody(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new BodyTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
