import { describe, expect, it } from "vitest";
import { run, scratch } from "./example.ts";

const { write } = scratch();

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
