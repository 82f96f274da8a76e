// How a preview grows with the number of hosts, each with a DestinationRule and a VirtualService. They stand in a file of their
// own, as so many have to.
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { dump } from "js-yaml";
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { checkout } from "../stack/checkout.ts";
import { stackFolder } from "../stack/stackFolder.ts";
import { set } from "./settings.ts";
import { timed } from "./timed.ts";

const SIZES = [10, 100, 1000];

export async function benchHosts(stack: Stack): Promise<string[][]> {
  const file = join(stackFolder(stack.name), "hosts.yaml");
  set(stack, "mesh:trafficFiles", [relative(checkout, file)]);
  // The policy pack lets no route lead to a host that nobody knows.
  const known = { "*.example.com": { external: { ports: { http: { number: 80, protocol: "HTTP" } } } } };
  const rules = () => ({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } }, routes: [{ timeout: "3s" }] });

  const rows: string[][] = [["PREVIEW, WITH THE PACK", "SECONDS", "PER HOST"]];
  for (const size of SIZES) {
    const hosts = Array.from({ length: size }, (_, i) => [`service-${i}.example.com`, rules()]);
    writeFileSync(file, dump({ ...known, ...Object.fromEntries(hosts) }));
    const seconds = await timed(() => pulumi(stack, "preview", ["--suppress-progress", ...policyArgs("local")]));
    rows.push([`${size} hosts`, seconds.toFixed(1), `${((1000 * seconds) / size).toFixed(0)} ms`]);
  }
  set(stack, "mesh:trafficFiles", []);
  return rows;
}
