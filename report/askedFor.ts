// A request as somebody types it: `GET http://reviews:9080/reviews/1 -H 'end-user: jason'`, much as curl takes it.
import { splitWords } from "../lib/words.ts";
import { serviceNameOf } from "../istio/hosts.ts";
import type { Request } from "../istio/routing/request.ts";
import type { Workload, World } from "../istio/routing/world.ts";
import { servesGateway } from "./requests.ts";

export class NotUnderstood extends Error {}

/** The request and who sends it. What is not said is taken from the mesh: the only port of a service, the only gateway. */
export function askedFor(world: World, text: string, from: string): Request {
  const client = clientCalled(world, from);
  const { method, target, headers } = wordsOf(text);
  const isGateway = "gateway" in client;
  const url = /^https?:\/\//.test(target) ? target : target.startsWith("/") ? undefined : `http://${target}`;
  const { scheme, host, port, path } = url === undefined ? implied(world, client, target) : partsOf(url);
  return {
    from: client,
    scheme,
    host,
    port: port ?? usualPort(world, host, scheme, isGateway),
    method,
    path,
    headers,
  };
}

type Client = Request["from"];

/** Pods by the name of their workload, of their account, of the service they are of, or `name.namespace`. */
function clientCalled(world: World, from: string): Client {
  const [name = "", namespace] = from.split(".");
  const isCalled = (pod: Workload) =>
    (namespace === undefined || pod.namespace === namespace) &&
    (pod.name === name ||
      pod.labels.app === name ||
      pod.serviceAccount === name ||
      pod.name === `istio-${name.replace("-", "")}`);
  const found = world.workloads.filter(isCalled);
  const [first] = found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (first === undefined) {
    const known = [...new Set(world.workloads.map((pod) => pod.labels.app ?? pod.name))].toSorted();
    throw new NotUnderstood(`FROM names no workload: use one of ${known.join(", ")}`);
  }
  const places = new Set(found.map((pod) => pod.namespace));
  if (places.size > 1) {
    throw new NotUnderstood(
      `FROM is in several namespaces: use ${[...places].map((place) => `${name}.${place}`).join(" or ")}`,
    );
  }
  return first.isGateway || servesGateway(world, first) ? { gateway: first } : { pod: first };
}

interface Words {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

const USAGE = "REQUEST is written as \"GET http://reviews:9080/reviews/1 -H 'end-user: jason'\"";

function wordsOf(text: string): Words {
  const words = splitWords(text);
  const headers: Record<string, string> = {};
  const plain: string[] = [];
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word === "-H" || word === "--header") {
      const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/s.exec(words.shift() ?? "") ?? [];
      if (name === "") throw new NotUnderstood(`a header is written as -H 'name: value'. ${USAGE}`);
      headers[name.trim().toLowerCase()] = value;
    } else if (word.startsWith("-")) throw new NotUnderstood(`the option ${word} is not known. ${USAGE}`);
    else plain.push(word);
  }
  const [first = "", second, ...rest] = plain;
  const hasMethod = /^[A-Z]+$/.test(first);
  const target = hasMethod ? second : first;
  if (target === undefined || target === "" || rest.length > 0 || (!hasMethod && second !== undefined)) {
    throw new NotUnderstood(USAGE);
  }
  return { method: hasMethod ? first : "GET", target, headers };
}

interface Parts {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
}

function partsOf(url: string): Parts {
  let read: URL;
  try {
    read = new URL(url);
  } catch {
    throw new NotUnderstood(`REQUEST has no URL that can be read. ${USAGE}`);
  }
  const scheme = read.protocol === "https:" ? "https" : "http";
  return {
    scheme,
    host: read.hostname,
    port: read.port === "" ? undefined : Number(read.port),
    path: read.pathname + read.search,
  };
}

/** A path alone: its first part may be the name of a service beside the client; at a gateway there may be one host only. */
function implied(world: World, client: Client, path: string): Parts {
  if ("gateway" in client) {
    const hosts = world.gateways
      .flatMap(({ spec }) => (spec.servers ?? []).flatMap((server) => server.hosts))
      .map((host) => host.replace(/^.*\//, ""));
    const [only, ...more] = [...new Set(hosts)];
    if (only === undefined || more.length > 0 || only.startsWith("*"))
      throw new NotUnderstood(`the request names no host. ${USAGE}`);
    return { scheme: "http", host: only, port: undefined, path };
  }
  const [, name = ""] = /^\/([^/?#]+)/.exec(path) ?? [];
  const { namespace } = client.pod;
  const isIt = world.services.some((service) => service.hostname === `${name}.${namespace}.svc.cluster.local`);
  if (!isIt) throw new NotUnderstood(`the request names no host, and no service is called ${name}. ${USAGE}`);
  return { scheme: "http", host: name, port: undefined, path };
}

/** The port that a URL leaves out: that of the scheme, or the only one for HTTP that the service has. */
function usualPort({ services }: World, host: string, scheme: "http" | "https", isGateway: boolean): number {
  const standard = scheme === "https" ? 443 : 80;
  if (isGateway) return standard;
  const found = services.find(({ hostname }) => {
    const service = serviceNameOf(hostname);
    return (
      hostname === host ||
      (service !== undefined &&
        [service.name, `${service.name}.${service.namespace}`, `${service.name}.${service.namespace}.svc`].includes(
          host,
        ))
    );
  });
  const ports = (found?.ports ?? []).filter(({ protocol }) => protocol !== "tcp");
  const [only, ...more] = ports;
  return ports.some(({ number }) => number === standard) || only === undefined || more.length > 0
    ? standard
    : only.number;
}
