// How a preview grows with the number of hosts: each is a DestinationRule and a VirtualService.
import { policyArgs, pulumi, type Stack } from "../stack/stack";
import { set } from "./settings";
import { timed } from "./timed";

const SIZES = [10, 100, 1000];

export async function benchHosts(stack: Stack): Promise<string[][]> {
  const rows: string[][] = [["PREVIEW, WITH THE PACK", "SECONDS", "PER HOST"]];
  for (const size of SIZES) {
    const hosts = Array.from({ length: size }, (_, i) => `service-${i}`);
    const rules = { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 90, v2: 10 } }] };
    set(stack, "mesh:traffic", Object.fromEntries(hosts.map((host) => [host, rules])));
    const seconds = await timed(() => pulumi(stack, "preview", ["--suppress-progress", ...policyArgs("local")]));
    rows.push([`${size} hosts`, seconds.toFixed(1), `${((1000 * seconds) / size).toFixed(0)} ms`]);
  }
  set(stack, "mesh:traffic", {});
  return rows;
}
