import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { Endpoint } from "../../tools/mesh/page.ts";

interface LoadOptions {
  /** In turn. */
  readonly paths?: readonly [string, ...string[]];
  /** By which an answer that is 200 says that it is none. */
  readonly excuse?: string;
}

/** A machine that is too slow for the rate gets fewer requests, not a queue that grows. */
const AT_A_TIME = 50;

/** In milliseconds. A request without an answer until then has failed: without an end it would hold the test for ever. */
const DEADLINE = 30_000;

/** Sends requests at a rate until it is told to stop; each is to be answered by 200. */
export class SteadyLoad {
  readonly failures: string[] = [];
  count = 0;
  private isOn = true;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
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
    let skipped = 0;
    while (this.isOn) {
      const due = Math.floor(((Date.now() - begin) / 1000) * perSecond) - skipped;
      while (this.count < due && this.pending.size < AT_A_TIME) {
        this.count += 1;
        const one = this.send(this.paths[this.count % this.paths.length] ?? this.paths[0]);
        this.pending.add(one);
        void one.then(() => this.pending.delete(one));
      }
      skipped += Math.max(0, due - this.count);
      await wait(5);
    }
  }

  private async send(path: string): Promise<void> {
    const { agent, endpoint } = this;
    const { host, port } = endpoint;
    const headers = { ...this.headers(), host: `${host}:${port}` };
    const signal = AbortSignal.timeout(DEADLINE);
    try {
      const call = request({ host: "127.0.0.1", port, path, agent, headers, signal }).end();
      const [response] = (await once(call, "response")) as [IncomingMessage];
      const body = await text(response);
      if (response.statusCode !== 200) this.failures.push(`${path}: ${response.statusCode ?? 0}`);
      else if (this.excuse !== undefined && body.includes(this.excuse)) this.failures.push(`${path}: ${this.excuse}`);
    } catch (error) {
      this.failures.push(`${path}: ${signal.aborted ? `no answer in ${DEADLINE} ms` : (error as Error).message}`);
    }
  }
}
