// How preview and `up` grow with the number of hosts, each with a DestinationRule and a VirtualService. They stand in a file of their
// own, as so many have to.
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { dump } from "js-yaml";
import { checkout } from "../stack/checkout.ts";
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { stackFolder } from "../stack/stackFolder.ts";
import { rowOf, type Row } from "./compared.ts";
import { peakMemory } from "./memory.ts";
import type { Measured } from "./part.ts";
import { set } from "./settings.ts";
import { timed } from "./timed.ts";

const SIZES = [10, 100, 1000, 5000];
/** By which more hosts are judged: of fewer, what does not depend on them is most. */
const YARDSTICK = 100;

export async function benchHosts(stack: Stack): Promise<Measured> {
  const file = join(stackFolder(stack.name), "hosts.yaml");
  set(stack, "mesh:trafficFiles", [relative(checkout, file)]);
  // The policy pack lets no route lead to a host that nobody knows.
  const known = { "*.example.com": { external: { ports: { http: { number: 80, protocol: "HTTP" } } } } };
  const rules = () => ({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } }, routes: [{ timeout: "3s" }] });
  const run = (command: "preview" | "up", ...more: string[]) =>
    pulumi(stack, command, ["--suppress-progress", ...more, ...policyArgs("local")]);

  writeFileSync(file, dump(known));
  await run("up", "--yes", "--skip-preview");
  const works = { preview: () => run("preview"), up: () => run("up", "--yes", "--skip-preview") };
  const perHost = { preview: new Map<number, number>(), up: new Map<number, number>() };
  const facts: string[] = [];
  let before = 0;
  for (const size of SIZES) {
    const hosts = Array.from({ length: size }, (_, i) => [`service-${i}.example.com`, rules()]);
    writeFileSync(file, dump({ ...known, ...Object.fromEntries(hosts) }));
    const words: string[] = [];
    for (const name of ["preview", "up"] as const) {
      let seconds = NaN;
      const memory = await peakMemory(async () => {
        seconds = await timed(works[name]);
      });
      // A preview looks at all of them, `up` makes those that the one before did not.
      const each = (1000 * seconds) / (name === "up" ? size - before : size);
      perHost[name].set(size, each);
      words.push(`${name} ${seconds.toFixed(1)} s (${each.toFixed(0)} ms a host), ${memory.toFixed(0)} MB at most`);
    }
    before = size;
    facts.push(`${size.toLocaleString("en")} hosts: ${words.join("; ")}`);
  }
  const rows = (["preview", "up"] as const).flatMap((name): Row[] =>
    SIZES.filter((size) => size > YARDSTICK).map((size) =>
      rowOf(
        `a host in ${name === "up" ? "an `up`" : "a preview"} of ${size.toLocaleString("en")}`,
        `one of ${YARDSTICK}`,
        [perHost[name].get(size) ?? NaN],
        [perHost[name].get(YARDSTICK) ?? NaN],
        "ms",
      ),
    ),
  );
  return {
    rows,
    facts,
    reason: "what does not depend on the hosts is a smaller share of more of them",
  };
}
