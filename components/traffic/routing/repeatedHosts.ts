import { overlap } from "../../../istio/hosts.ts";
import { listOf, type Untrusted } from "../../../lib/untrusted.ts";
import type { Report } from "../../arguments.ts";

/** The rule that no host of a VirtualService stands there twice, not by a wildcard either: Istio refuses it. */
export function checkRepeatedHosts(args: Untrusted, report: Report): void {
  const hosts = listOf(args.hosts);
  for (const [index, host] of hosts.entries()) {
    if (typeof host !== "string") continue;
    const first = hosts
      .slice(0, index)
      .find((before): before is string => typeof before === "string" && overlap(before, host));
    if (first === undefined) continue;
    const what = first === host ? "stands there twice" : `has hosts in common with ${first}`;
    report(["hosts", index], `${what}, which Istio refuses: leave one of them out`);
  }
}
