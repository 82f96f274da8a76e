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

/** Previews come first: after `up` they would look at fewer new hosts. */
const COMMANDS = [
  { command: "preview", args: [], called: "a preview", sizes: [10, 100, 1000, 5000] },
  // A backend of files writes the whole state after each step, so that many more would take hours: what a host costs grows with those
  // that are there.
  { command: "up", args: ["--yes", "--skip-preview"], called: "an `up`", sizes: [10, 100, 300] },
] as const;
/** By which more hosts are judged: of fewer, what does not depend on them is most. */
const YARDSTICK = 100;

export async function benchHosts(stack: Stack): Promise<Measured> {
  const file = join(stackFolder(stack.name), "hosts.yaml");
  set(stack, "mesh:trafficFiles", [relative(checkout, file)]);
  // The policy pack lets no route lead to a host that nobody knows.
  const known = { "*.example.com": { external: { ports: { http: { number: 80, protocol: "HTTP" } } } } };
  const rules = () => ({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } }, routes: [{ timeout: "3s" }] });
  const run = ({ command, args }: (typeof COMMANDS)[number]) =>
    pulumi(stack, command, ["--suppress-progress", ...args, ...policyArgs("local")]);

  writeFileSync(file, dump(known));
  await run(COMMANDS[1]);
  const facts: string[] = [];
  const rows: Row[] = [];
  for (const command of COMMANDS) {
    const { called, sizes } = command;
    const perHost = new Map<number, number>();
    let before = 0;
    for (const size of sizes) {
      const hosts = Array.from({ length: size }, (_, i) => [`service-${i}.example.com`, rules()]);
      writeFileSync(file, dump({ ...known, ...Object.fromEntries(hosts) }));
      let seconds = NaN;
      const memory = await peakMemory(async () => {
        seconds = await timed(() => run(command));
      });
      const each = (1000 * seconds) / (size - before);
      // `up` makes those that the one before did not.
      if (command.command === "up") before = size;
      perHost.set(size, each);
      facts.push(
        `${called} with ${size.toLocaleString("en")} hosts: ${seconds.toFixed(1)} s, ${each.toFixed(0)} ms a new host, ${memory.toFixed(0)} MB at most`,
      );
    }
    for (const size of sizes.filter((other) => other > YARDSTICK)) {
      const what = `a host in ${called} with ${size.toLocaleString("en")}`;
      const [ours = NaN, theirs = NaN] = [perHost.get(size), perHost.get(YARDSTICK)];
      rows.push(rowOf(what, `one with ${YARDSTICK}`, [ours], [theirs], "ms"));
    }
  }
  return {
    rows,
    facts,
    reason:
      "a backend of files writes the whole state after each step of `up`, so that each host costs more than the one before",
  };
}
