// How this machine reaches the mesh's ingress gateway: the loopback port where it is published.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPidFile, endProcess, until, writePidFile } from "../../lib/process.ts";
import { publishedPorts } from "../../testbed/publishedPorts.ts";
import { instanceOf, type Target } from "../stack/target.ts";
import type { Stack } from "../stack/stack.ts";
import { stackFolder } from "../stack/stackFolder.ts";
import type { Endpoint } from "./page.ts";

const HTTP_PORT = 80;

interface Outputs {
  readonly ingress?: { readonly namespace: string; readonly service: string; readonly address?: string };
  readonly bookinfo?: { readonly scheme?: string; readonly host: string; readonly path: string };
}

/** Where a page is for everyone whom DNS leads there. */
export interface PublicPage {
  readonly url: string;
  readonly host: string;
  /** Host name or IP address of the load balancer to which DNS has to lead the host. */
  readonly address: string;
}

/** Ends of names that DNS does not know (RFC 6761, RFC 6762): they lead to this machine, or nowhere. */
const NOT_IN_DNS = /(^|\.)(localhost|local|test|example|invalid)$/;

/** The product page by its name in DNS, where its host can have one and its gateway a load balancer that the world knows. */
export function publicPageOf(target: Target, outputs: unknown): PublicPage | undefined {
  const { ingress, bookinfo } = outputs as Outputs;
  if (target.kind === "testbed" || !ingress?.address || !bookinfo) return undefined;
  const { scheme = "http", host, path } = bookinfo;
  if (host.startsWith("*") || NOT_IN_DNS.test(host)) return undefined;
  return { url: `${scheme}://${host}${path}`, host, address: ingress.address };
}

const pidFile = (stack: string): string => join(stackFolder(stack), "forward.pid");
export const portFile = (stack: string): string => join(stackFolder(stack), "forward.port");

/** Where the product page answers. On a cluster of the user's, a port-forward is started for it if none runs. */
export async function endpointOf(stack: Pick<Stack, "name" | "target">, outputs: unknown): Promise<Endpoint> {
  const { ingress, bookinfo } = outputs as Outputs;
  if (!ingress || !bookinfo) throw new Error("the stack exposes no product page: run `make up`, with bookinfo enabled");
  const { target } = stack;
  const { host, path } = bookinfo;
  if (target.kind === "testbed") {
    const key = `${ingress.namespace}/${ingress.service}:${HTTP_PORT}`;
    const instance = instanceOf(target);
    const port = await until("the load balancer of the ingress gateway", 30, () => publishedPorts(instance)[key]);
    return { host, path, port };
  }
  if (readPidFile(pidFile(stack.name)) === undefined) startForward(stack.name, ingress);
  const port = await until("the port-forward to the ingress gateway", 30, () => {
    const file = portFile(stack.name);
    return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
  });
  return { host, path, port };
}

export const urlOf = ({ host, port, path }: Endpoint): string => `http://${host}:${port}${path}`;

export async function endForward(stack: string): Promise<void> {
  await endProcess(pidFile(stack));
  rmSync(portFile(stack), { force: true });
}

function startForward(stack: string, { namespace, service }: { namespace: string; service: string }): void {
  rmSync(portFile(stack), { force: true });
  const log = openSync(join(stackFolder(stack), "forward.log"), "a");
  const program = [join(import.meta.dirname, "../forward.ts"), stack, namespace, service, String(HTTP_PORT)];
  const child = spawn(process.execPath, program, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  if (child.pid !== undefined) writePidFile(pidFile(stack), child.pid);
}
