import { mapOf, listOf } from "../lib/untrusted.ts";
import type { Finding } from "../lib/schema/problems.ts";
import type { StackTraffic, TrafficHost } from "./trafficHosts.ts";

/** Protocols of which a proxy can tell no host: it has only the address and the port to go by. */
const OPAQUE = ["TCP", "MONGO", "MYSQL", "REDIS"];

/** Of two hosts outside that are called by the same address and port, Istio keeps the first. */
export function* externalHosts({ hosts }: StackTraffic): Iterable<Finding> {
  const seen = new Map<string, TrafficHost[]>();
  for (const host of hosts) {
    const { addresses, ports } = mapOf(host.args.external);
    for (const [index, address] of listOf(addresses).entries()) {
      for (const { number, protocol } of Object.values(mapOf(ports)).map(mapOf)) {
        if (typeof protocol !== "string" || !OPAQUE.includes(protocol)) continue;
        const key = JSON.stringify([address, number]);
        const others = seen.get(key) ?? [];
        seen.set(key, [...others, host]);
        if (!others.some((other) => other !== host && haveClientsInCommon(other, host))) continue;
        const reason =
          "is, with this port, that of another host already: of connections that are not HTTP, nothing else tells them apart";
        yield { path: [...host.path, "external", "addresses", index], reason };
      }
    }
  }
}

function haveClientsInCommon(one: TrafficHost, other: TrafficHost): boolean {
  const [some, others] = [scopesOf(one), scopesOf(other)];
  return some.includes("*") || others.includes("*") || some.some((scope) => others.includes(scope));
}

const scopesOf = ({ args, namespace }: TrafficHost): readonly unknown[] =>
  args.exportTo === undefined ? [namespace] : listOf(args.exportTo).map((each) => (each === "." ? namespace : each));
