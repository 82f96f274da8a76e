import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceEntriesShareNoPort } from "../../../policies/rules/service-entry/service-entries-share-no-port.ts";
import { routeWeights } from "../../../policies/rules/virtual-service/route-weights.ts";
import { BAD, GOOD, json, LINE, run } from "./example.ts";

let folder: string;
const file = (name: string) => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mesh-check-"));
  mkdirSync(file("all/more"), { recursive: true });
  writeFileSync(file("good.yaml"), GOOD);
  writeFileSync(file("bad.yaml"), BAD);
  writeFileSync(file("broken.yaml"), `${BAD}---\na: [1\n`);
  writeFileSync(file("all/good.yml"), GOOD);
  writeFileSync(file("all/more/thing.json"), '{"apiVersion": "example/v1", "kind": "Thing"}');
  writeFileSync(file("all/README.md"), "a: [");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const subset = {
  code: "IST0101",
  severity: "error",
  kind: "VirtualService",
  namespace: "shop",
  name: "reviews",
  line: LINE,
};

describe("mesh-check", () => {
  it("has nothing to say about what is right", () => {
    expect(run(file("good.yaml"))).toEqual({ code: 0, out: "nothing found: 6 objects in 1 file checked", err: "" });
    expect(json(file("good.yaml"))).toEqual([]);
  });

  it("says in an array for programs what is wrong, and where", () => {
    expect(json(file("bad.yaml"))).toContainEqual(
      expect.objectContaining({
        ...subset,
        file: file("bad.yaml"),
        path: "spec.http[0].route[0].destination.subset",
      }),
    );
    expect(run("--json", file("bad.yaml")).code).toBe(1);
  });

  it("says the same for people, with the way out, and counts at the end", () => {
    const { code, out, err } = run(file("bad.yaml"));
    expect([code, err]).toEqual([1, ""]);
    const lines = out.split("\n");
    expect(lines.find((line) => line.startsWith(`${file("bad.yaml")}:${LINE}: error: `))).toBeDefined();
    expect(lines).toContain("    at VirtualService shop/reviews, spec.http[0].route[0].destination.subset");
    expect(lines.find((line) => line.includes("IST0101"))).toMatch(/^ {4}[a-z-]+ .*IST0101.*: [A-Z]/);
    expect(lines.at(-1)).toMatch(/^\d+ errors?(, .*)?: 6 objects in 1 file checked$/);
  });

  describe("what to do by a rule", () => {
    const linesAbout = (content: string) => {
      writeFileSync(file("several.yaml"), content);
      return run(file("several.yaml")).out.split("\n");
    };
    const positionsIn = (lines: readonly string[], text: string) =>
      lines.flatMap((line, index) => (line.includes(text) ? [index] : []));

    it("is said once, after the last of what the rule found", () => {
      const route = (name: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews}, weight: -1}]}]}
`;
      const lines = linesAbout(`${route("one")}${route("two")}`);
      const found = positionsIn(lines, " route-weights IST0106: ");
      expect(found).toHaveLength(2);
      expect(positionsIn(lines, routeWeights.remediation)).toEqual([Number(found[1]) + 1]);
    });

    it("is not said again where the message says it in the same words", () => {
      const entry = (name: string) =>
        `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: ${name}}\nspec: {hosts: [a.example], ports: [{number: 80, name: http, protocol: HTTP}]}\n`;
      const lines = linesAbout(`${entry("one")}---\n${entry("two")}`);
      const { remediation } = serviceEntriesShareNoPort;
      expect(positionsIn(lines, remediation.slice(1, -1))).toHaveLength(2);
      expect(lines).not.toContain(`    ${remediation}`);
    });

    it("is said of a file that can not be read, too", () => {
      expect(linesAbout("a: [1\n").filter((line) => line.startsWith("    "))).toHaveLength(2);
    });
  });

  it("never quotes the value that is wrong", () => {
    writeFileSync(file("secret.yaml"), BAD.replace("v7", "s3cret-word"));
    for (const format of ["--json", "--sarif"])
      expect(run(format, file("secret.yaml")).out).not.toContain("s3cret-word");
    expect(run(file("secret.yaml")).out).not.toContain("s3cret-word");
  });

  it("checks what can be read beside what is broken", () => {
    const found = json(file("broken.yaml"));
    expect(found).toContainEqual(expect.objectContaining(subset));
    expect(found.at(-1)).toMatchObject({ rule: "readable-yaml", code: null, severity: "error", kind: "", name: "" });
    expect(found.at(-1)?.line).toBeGreaterThan(BAD.split("\n").length);
  });

  it("takes all manifests of a folder, as one mesh", () => {
    expect(run(file("all"))).toMatchObject({
      code: 0,
      out: "nothing found: 6 objects in 2 files checked, 1 other document left out",
    });
    writeFileSync(file("rule.yaml"), GOOD.split("---\n").at(-1) ?? "");
    expect(json(file("rule.yaml")).map(({ code }) => code)).toContain("IST0101");
    expect(json(file("rule.yaml"), file("all"))).toEqual(json(file("all"), file("all/good.yml"), file("rule.yaml")));
  });

  it.each<[what: string, args: () => string[], message: RegExp]>([
    ["no file", () => [], /name a file or a folder/],
    ["an option that there is not", () => ["--xml", file("good.yaml")], /--xml/],
    ["two formats", () => ["--json", "--sarif", file("good.yaml")], /choose one/],
  ])("refuses %s", (_what, args, message) => {
    const { code, out, err } = run(...args());
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it("tells how it is called", () => {
    expect(run("--help")).toMatchObject({ code: 0, out: expect.stringMatching(/^usage: mesh-check /) as string });
  });
});
