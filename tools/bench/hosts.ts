// How a preview grows with the number of hosts: each is a ServiceEntry and a VirtualService, since the policy pack lets no route
// lead to a host that nobody knows. Linux takes 128 KiB of configuration at most, which the engine hands over in the environment.
import { policyArgs, pulumi, type Stack } from "../stack/stack";
import { set } from "./settings";
import { timed } from "./timed";

const SIZES = [10, 100, 1000];

export async function benchHosts(stack: Stack): Promise<string[][]> {
  const rows: string[][] = [["PREVIEW, WITH THE PACK", "SECONDS", "PER HOST"]];
  for (const size of SIZES) {
    const hosts = Array.from({ length: size }, (_, i) => `service-${i}.example.com`);
    const rules = {
      external: { ports: { http: { number: 80, protocol: "HTTP" } } },
      routes: [{ timeout: "3s" }],
    };
    set(stack, "mesh:traffic", Object.fromEntries(hosts.map((host) => [host, rules])));
    const seconds = await timed(() => pulumi(stack, "preview", ["--suppress-progress", ...policyArgs("local")]));
    rows.push([`${size} hosts`, seconds.toFixed(1), `${((1000 * seconds) / size).toFixed(0)} ms`]);
  }
  set(stack, "mesh:traffic", {});
  return rows;
}
