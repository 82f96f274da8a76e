import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

/** One line that a service wrote. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface App {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  readonly log: LogLine[];
  /** Milliseconds from the start of the process until it listened. */
  readonly startedIn: number;
}

/** Bundles the application as the images hold it and starts services of it, each on a port of its own on loopback. */
export class Apps {
  readonly #running: ChildProcess[] = [];
  readonly #fakes: http.Server[] = [];
  #folder = "";

  async bundle(): Promise<void> {
    this.#folder = await mkdtemp(path.join(os.tmpdir(), "bookinfo-"));
    await build({
      entryPoints: [path.join(import.meta.dirname, "../../../testbed/bookinfo/main.ts")],
      outfile: path.join(this.#folder, "app.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "error",
    });
  }

  async start(service: string, env: Readonly<Record<string, string>> = {}, ...args: string[]): Promise<App> {
    const begun = performance.now();
    // Nothing of this machine's environment: a variable of the same name would change what the service does.
    const child = spawn(process.execPath, [path.join(this.#folder, "app.cjs"), ...(args.length > 0 ? args : ["0"])], {
      env: { SERVICE: service, HOSTNAME: `${service}-pod`, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#running.push(child);
    const log: LogLine[] = [];
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<number>((resolve, reject) => {
      child.once("exit", (code) => {
        reject(new Error(`${service} ended with ${String(code)} before it listened`));
      });
      lines.on("line", (line) => {
        const entry = JSON.parse(line) as LogLine;
        log.push(entry);
        if (entry.event === "listening") resolve(entry.port as number);
      });
    });
    return { url: `http://127.0.0.1:${port}`, port, process: child, log, startedIn: performance.now() - begun };
  }

  /** A server of the test's own in place of a service. */
  async fake(handle: http.RequestListener): Promise<number> {
    const server = http.createServer(handle).listen(0, "127.0.0.1");
    this.#fakes.push(server);
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  async end(): Promise<void> {
    for (const fake of this.#fakes) fake.close().closeAllConnections();
    for (const child of this.#running) child.kill("SIGKILL");
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Variables that point a service at another one on loopback. */
export function pointAt(service: string, port: number): Record<string, string> {
  return {
    [`${service.toUpperCase()}_HOSTNAME`]: "127.0.0.1",
    [`${service.toUpperCase()}_SERVICE_PORT`]: String(port),
  };
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = http.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
