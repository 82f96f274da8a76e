import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Endpoint } from "../../tools/mesh/page.ts";

interface LoadOptions {
  /** In turn. */
  readonly paths?: readonly [string, ...string[]];
  /** By which an answer that is 200 says that it is none. */
  readonly excuse?: string;
}

/** Sends requests at a rate until it is told to stop; each is to be answered by 200. */
export class SteadyLoad {
  readonly failures: string[] = [];
  count = 0;
  private isOn = true;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 50 });
  private readonly pending = new Set<Promise<void>>();
  private readonly done: Promise<void>;
  private readonly endpoint: Endpoint;
  private readonly headers: () => Readonly<Record<string, string>>;
  private readonly paths: readonly [string, ...string[]];
  private readonly excuse: string | undefined;

  constructor(
    endpoint: Endpoint,
    perSecond: number,
    headers: () => Readonly<Record<string, string>> = () => ({}),
    { paths = ["/api/v1/products/0/reviews", "/api/v1/products/0"], excuse }: LoadOptions = {},
  ) {
    this.endpoint = endpoint;
    this.headers = headers;
    this.paths = paths;
    this.excuse = excuse;
    this.done = this.run(perSecond);
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await this.done;
    await Promise.all(this.pending);
    this.agent.destroy();
  }

  private async run(perSecond: number): Promise<void> {
    const begin = Date.now();
    while (this.isOn) {
      while (this.count < ((Date.now() - begin) / 1000) * perSecond) {
        this.count += 1;
        const one = this.send(this.paths[this.count % this.paths.length] ?? this.paths[0]);
        this.pending.add(one);
        void one.finally(() => this.pending.delete(one));
      }
      await wait(5);
    }
  }

  private send(path: string): Promise<void> {
    const { host, port } = this.endpoint;
    return new Promise((resolve) => {
      const call = request(
        { host: "127.0.0.1", port, path, agent: this.agent, headers: { ...this.headers(), host: `${host}:${port}` } },
        (response) => {
          if (response.statusCode !== 200) this.failures.push(`${path}: ${response.statusCode ?? 0}`);
          let body = "";
          response.on("data", (chunk: Buffer) => (body += chunk.toString()));
          response.on("end", () => {
            if (this.excuse !== undefined && body.includes(this.excuse)) this.failures.push(`${path}: ${this.excuse}`);
            resolve();
          });
        },
      );
      call.on("error", (error) => {
        this.failures.push(`${path}: ${error.message}`);
        resolve();
      });
      call.end();
    });
  }
}
