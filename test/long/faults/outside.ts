// What lies outside the cluster: the clock of the machine that runs the tools, and where charts come from.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { dump } from "js-yaml";
import { expect } from "vitest";
import { run } from "../../../lib/run.ts";
import { product } from "../../../versions.ts";
import { said, type Fault } from "./fault.ts";
import { CONTEXT, type Ground } from "./ground.ts";

/** A server whose certificate ended yesterday: to it, the clock of this machine is ahead. */
export const clock: Fault = {
  id: "clock",
  what: "The clock of the machine that runs the tools is ahead, and certificates of the cluster are over",
  ends: "nothing is changed; with the right time, the same command works",
  run: async (ground) => {
    const folder = ground.folder("clock");
    const { key, cert } = await endedYesterday(folder);
    const server = createServer({ key, cert }, (_, response) => response.writeHead(500).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const kubeconfig = join(folder, "kubeconfig");
    writeFileSync(kubeconfig, dump(configOf(`https://127.0.0.1:${port}`, readFileSync(join(folder, "ca.crt")))));
    const clone = await ground.another({ KUBECONFIG: kubeconfig });
    const { exitCode, output } = await clone.make("up", "CONTEXT=ahead");
    server.close();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("nothing was changed");
    return { sees: said(output, /this machine takes it to be .*/), measured: "0 objects changed" };
  },
};

async function endedYesterday(cwd: string): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
  const openssl = (...args: string[]) => run("openssl", args, { cwd });
  const key = (name: string) => openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${name}.key`);
  await key("ca");
  await openssl("req", "-x509", "-new", "-key", "ca.key", "-subj", "/CN=ca", "-days", "10", "-out", "ca.crt");
  await key("server");
  await openssl("req", "-new", "-key", "server.key", "-subj", "/CN=127.0.0.1", "-out", "server.csr");
  writeFileSync(join(cwd, "server.ext"), "subjectAltName=IP:127.0.0.1\n");
  const signing = ["-CA", "ca.crt", "-CAkey", "ca.key", "-set_serial", "1", "-extfile", "server.ext"];
  await openssl("x509", "-req", "-in", "server.csr", ...signing, "-days", "-1", "-out", "server.crt");
  return { key: readFileSync(join(cwd, "server.key")), cert: readFileSync(join(cwd, "server.crt")) };
}

const configOf = (server: string, ca: Buffer) => ({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "ahead",
  clusters: [{ name: "ahead", cluster: { server, "certificate-authority-data": ca.toString("base64") } }],
  users: [{ name: "somebody", user: { token: "token" } }],
  contexts: [{ name: "ahead", context: { cluster: "ahead", user: "somebody" } }],
});

/** Istio's charts as a repository on the loopback serves them. */
class Repository {
  readonly #server: Server;
  /** Whether it puts a byte behind each archive. */
  isOther = false;

  constructor(folder: string) {
    this.#server = createPlainServer(({ url = "" }, response) => {
      const file = join(folder, basename(url));
      if (!existsSync(file)) return response.writeHead(404).end();
      const content = readFileSync(file);
      return response.end(this.isOther && url.endsWith(".tgz") ? Buffer.concat([content, Buffer.from("\n")]) : content);
    });
  }

  static async of(ground: Ground): Promise<Repository> {
    const folder = ground.folder("charts");
    const { folder: source } = (ground.settings()["mesh:istio"] as { charts: { folder: string } }).charts;
    for (const chart of ["base", "istio-control/istio-discovery", "gateway"]) {
      const place = join(source, chart);
      await run("helm", ["package", place, "--version", product.istio, "--destination", folder]);
    }
    await run("helm", ["repo", "index", folder]);
    return new Repository(folder);
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const charts: Fault = {
  id: "charts",
  what: "The repository of Istio's charts is gone",
  ends: "the run fails, the mesh goes on; once the repository answers, the next run ends well",
  run: async (ground) => {
    const repository = await Repository.of(ground);
    const url = await repository.start();
    await repository.stop();
    ground.configure({ "mesh:istio": { charts: { repository: url } } });
    const { exitCode, output } = await ground.clone.make("up", CONTEXT);
    expect(exitCode).not.toBe(0);
    const back = await repository.start();
    ground.configure({ "mesh:istio": { charts: { repository: back } } });
    await ground.up();
    await repository.stop();
    ground.configure();
    return { sees: said(output, /no chart can be had from .*/), measured: "0 objects lost" };
  },
};

export const otherChart: Fault = {
  id: "otherChart",
  what: "The repository of Istio's charts serves another archive than its index says",
  ends: "the run is refused before anything changes",
  run: async (ground) => {
    const repository = await Repository.of(ground);
    repository.isOther = true;
    ground.configure({ "mesh:istio": { charts: { repository: await repository.start() } } });
    const before = await run("helm", ["list", "-A", "--kubeconfig", ground.instance.kubeconfig]);
    const { exitCode, output } = await ground.clone.make("up", CONTEXT);
    await repository.stop();
    ground.configure();
    expect(exitCode).not.toBe(0);
    expect(await run("helm", ["list", "-A", "--kubeconfig", ground.instance.kubeconfig])).toBe(before);
    return { sees: said(output, /the archive of the chart istiod .*/), measured: "0 releases changed" };
  },
};
