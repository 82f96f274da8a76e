import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { manifests } from "../../../tools/bench/manifests.ts";
import { run, scratch } from "./example.ts";

const { at, write } = scratch();

const virtualService = (name: string, hosts: readonly string[]) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [${hosts.join(", ")}]
  http: [{route: [{destination: {host: nowhere, subset: v7}}]}]
`;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index));

// A few seconds each on an idle machine; what grew with the square of the size took minutes.
describe("a large file is checked in time", () => {
  it.each<[what: string, content: () => string, objects: string]>([
    [
      "with many documents, each with findings",
      () => many(10_000, (index) => virtualService(`r${index}`, [`h${index}.example.com`])).join("---\n"),
      "10000 objects",
    ],
    [
      "with many hosts in one object",
      () =>
        virtualService(
          "r",
          many(60_000, (index) => `h${index}.example.com`),
        ),
      "1 object",
    ],
    [
      "with a finding for each of many hosts",
      () =>
        virtualService(
          "r",
          many(20_000, (index) => `h_${index}.example.com`),
        ),
      "1 object",
    ],
  ])("%s", (_what, content, objects) => {
    const file = write("large.yaml", content());
    const start = performance.now();
    const { code, out } = run("--closed", file);
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(code).toBe(1);
    expect(out.split("\n").at(-1)).toContain(`: ${objects} in 1 file checked`);
  });
});

it("checks ten thousand objects in less than 200 MB", () => {
  const measure = write(
    "measure.cjs",
    `process.on("exit", () => require("fs").writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));`,
  );
  // 7 MB, as with what Helm and kubectl put beside the objects.
  const mesh = manifests(10_000).replace(/^ {2}name: .*$/gm, `$&\n  annotations: {helm.sh/notes: ${"a".repeat(280)}}`);
  const env = { ...process.env, PEAK: at("peak"), NODE_OPTIONS: `--require ${measure}` };
  const { status, stdout } = spawnSync(
    path.join(import.meta.dirname, "../../../bin/mesh-check"),
    [write("objects.yaml", mesh)],
    { encoding: "utf8", env, maxBuffer: 1e8 },
  );
  expect(stdout).toMatch(/ 10052 objects in 1 file checked/);
  expect(status).toBe(0);
  // It is told in KiB.
  expect(Number(readFileSync(at("peak"), "utf8")) / 1024).toBeLessThan(200);
});
