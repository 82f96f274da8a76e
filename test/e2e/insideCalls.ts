// Calls from the client pod, measured by nothing but curl: what the tools say is held against them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { kubectlOn } from "./kubectlOn.ts";

export interface Call {
  readonly status: number;
  readonly seconds: number;
  readonly body: string;
}

interface Logged {
  readonly path: string;
  readonly status: number;
  readonly requestId?: string;
}

export class Inside {
  readonly kubeconfig: string;

  constructor(kubeconfig: string) {
    this.kubeconfig = kubeconfig;
  }

  kubectl(...args: string[]): Promise<string> {
    return kubectlOn(this.kubeconfig, ...args);
  }

  async apply(object: object): Promise<void> {
    const file = join(mkdtempSync(join(tmpdir(), "object-")), "object.json");
    writeFileSync(file, JSON.stringify(object));
    await this.kubectl("apply", "-f", file);
    rmSync(dirname(file), { recursive: true });
  }

  /** @param options curl's */
  async call(url: string, ...options: string[]): Promise<Call> {
    const output = await this.#curl("-w", "\\n%{http_code} %{time_total}", ...options, url);
    const [, body = "", status, seconds] = /^(.*?)\n?(\d{3}) ([\d.]+)$/s.exec(output) ?? [];
    return { status: Number(status), seconds: Number(seconds), body };
  }

  /** Many calls to the same address; their statuses. */
  async calls(count: number, url: string, ...options: string[]): Promise<number[]> {
    return (await this.timedCalls(count, url, ...options)).map(({ status }) => status);
  }

  /** The same with their times. */
  async timedCalls(count: number, url: string, ...options: string[]): Promise<Omit<Call, "body">[]> {
    const told = ["-o", "/dev/null", "-w", "%{http_code} %{time_total}\\n"];
    const lines = (await this.#curl(...told, ...options, `${url}#[1-${count}]`)).trim().split("\n");
    return lines.map((line) => {
      const [status, seconds] = line.split(" ").map(Number);
      return { status: status ?? 0, seconds: seconds ?? 0 };
    });
  }

  #curl(...args: string[]): Promise<string> {
    const pod = ["-n", "bookinfo", "exec", "deploy/sleep-v1", "-c", "sleep", "--"];
    return this.kubectl(...pod, "curl", "-s", "-m", "20", ...args);
  }

  /** What a version of a service has logged: one line for each request that it took, those of the kubelet left out. */
  async log(service: string, version: string): Promise<Logged[]> {
    const pods = ["-l", `app=${service},version=${version}`, "-c", service];
    const lines = await this.kubectl("-n", "bookinfo", "logs", ...pods, "--tail=-1");
    return lines
      .split("\n")
      .filter((line) => line.includes('"path"') && !line.includes('"/health"'))
      .map((line) => JSON.parse(line) as Logged);
  }
}
