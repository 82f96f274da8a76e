import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { json, run, scratch } from "./example.ts";

const { at } = scratch();

/** Writes files of a folder of the test's own, by their paths in it. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) {
    const place = at(path.join(name, file));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
  }
  return at(name);
}

const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
`;
const routes = (host: string, more = "") => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web]
  http: [{route: [{destination: {host: ${host}}}]${more}}]
`;
/** One of what is said under several codes. */
const unique = <Item>(items: readonly Item[]): Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** What is said beside that workloads have no policy and that pods are not there. */
const told = (...args: readonly string[]) =>
  unique(
    json(...args)
      .filter(({ rule }) => !["workload-has-authorization-policy", "host-without-pods"].includes(rule))
      .map(({ rule, severity, file, set }) => [
        rule,
        severity,
        path.basename(path.dirname(file)),
        set && path.basename(set),
      ]),
  );

const away = folder("away", { "vs.yaml": routes("elsewhere"), "service.yaml": service("web") });

describe("objects of the same name", () => {
  it("in two folders are all judged", () => {
    const both = folder("clusters", {
      "staging/vs.yaml": `${routes("web", ", retires: {}")}---\n${service("web")}`,
      "prod/vs.yaml": `${routes("web")}---\n${service("web")}`,
    });
    expect(told(both)).toEqual([["known-fields", "error", "staging", undefined]]);
  });

  it("in two folders are a mesh each, with what both share", () => {
    const both = folder("shared", {
      "base/service.yaml": service("web"),
      "a/vs.yaml": routes("web"),
      "b/vs.yaml": routes("wbe"),
    });
    expect(told("--closed", both).filter(([rule]) => rule === "destination-host-exists")).toEqual([
      ["destination-host-exists", "error", "b", "b"],
    ]);
  });

  it("in two files of one folder are a mesh each, too", () => {
    const both = folder("alternatives", {
      "service.yaml": service("web"),
      "one.yaml": routes("web"),
      "two.yaml": routes("wbe"),
    });
    const found = json("--closed", both).filter(({ code }) => code === "IST0101");
    expect(found.map(({ file }) => path.basename(file))).toEqual(["two.yaml"]);
  });

  it("in one file are a finding", () => {
    const twice = folder("twice", { "a.yaml": `${routes("web")}---\n${routes("web")}---\n${service("web")}` });
    expect(told(twice)).toContainEqual(["object-declared-once", "warning", "twice", undefined]);
  });

  it("are those of the sets that the call names, each with the other files", () => {
    const all = folder("named", {
      "common/service.yaml": service("web"),
      "eu/vs.yaml": routes("web"),
      "us/vs.yaml": routes("wbe"),
    });
    const sets = ["eu", "us"].flatMap((name) => ["--set", path.join(all, name)]);
    expect(told("--closed", ...sets, path.join(all, "common"))).toContainEqual([
      "destination-host-exists",
      "error",
      "us",
      "us",
    ]);
    expect(told("--closed", ...sets, path.join(all, "common")).map(([, , name]) => name)).not.toContain("eu");
  });
});

describe("what no file declares", () => {
  it("may be elsewhere: a note says so", () => {
    const [found, ...more] = json(away).filter(({ code }) => code === "IST0101");
    expect(found).toMatchObject({
      severity: "info",
      message: expect.stringMatching(/^not in these files: /) as string,
    });
    expect(more).toEqual([]);
    expect(run("--suppress", "KIA1101", away).code).toBe(0);
  });

  it("is not there in a closed world", () => {
    const found = json("--closed", away).filter(({ code }) => code === "IST0101");
    expect(found.map(({ severity }) => severity)).toEqual(["error"]);
    expect(run("--closed", away).code).toBe(1);
  });

  it("is not there in what a cluster answered", () => {
    const dump = folder("dump", {
      "all.yaml": [routes("elsewhere"), service("web")].join("---\n").replaceAll("name: web,", "name: web, uid: 0c7e,"),
    });
    expect(
      json(dump)
        .filter(({ code }) => code === "IST0101")
        .map(({ severity }) => severity),
    ).toEqual(["error"]);
  });

  it("is there if --known names a file with it, which is not judged itself", () => {
    const known = folder("known", { "all.yaml": `${service("elsewhere")}---\n${routes("nowhere", ", retires: {}")}` });
    const here = folder("here", { "vs.yaml": routes("elsewhere"), "service.yaml": service("web") });
    expect(json("--known", known, here).map(({ file }) => file)).not.toContain(path.join(known, "all.yaml"));
    expect(told("--known", known, here).map(([rule]) => rule)).not.toContain("destination-host-exists");
    expect(told("--closed", here).map(([rule]) => rule)).toContain("destination-host-exists");
  });
});

describe("what is said", () => {
  const bad = folder("bad", { "vs.yaml": routes("web", ", retires: {}") });

  it.each<[what: string, args: string[], rules: (string | undefined)[]]>([
    ["leaves a rule out", ["--suppress", "known-fields"], []],
    ["leaves a code out", ["--suppress", "IST0106"], []],
    ["leaves it out on one object", ["--suppress", "IST0106=VirtualService/web"], []],
    ["leaves it out on one object of a namespace", ["--suppress", "IST0106=VirtualService/shop/web"], []],
    ["stays for other objects", ["--suppress", "IST0106=VirtualService/reviews"], ["known-fields"]],
  ])("%s", (_what, args, rules) => {
    const errors = json(...args, bad).filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule }) => rule)).toEqual(rules);
  });

  it("refuses to leave out what there is not", () => {
    expect(run("--suppress", "IST9999", bad)).toMatchObject({
      code: 2,
      err: expect.stringContaining("IST9999") as string,
    });
  });

  it("leaves out what is less severe, and may fail on it all the same", () => {
    expect(json("--min-severity", "warning", bad).every(({ severity }) => severity !== "info")).toBe(true);
    expect(run("--fail-on", "info", away).code).toBe(1);
  });
});

describe("files", () => {
  it("are left out by globs", () => {
    const all = folder("globs", { "a.yaml": routes("web"), "testdata/x/bad.yaml": routes("web", ", retires: {}") });
    expect(told("--exclude", "**/testdata", all).map(([rule]) => rule)).not.toContain("known-fields");
    expect(told("--exclude", "*.txt", all).map(([rule]) => rule)).toContain("known-fields");
  });

  it("behind a link to a folder are read once", () => {
    const linked = folder("linked", { "real/vs.yaml": routes("web", ", retires: {}") });
    symlinkSync("real", path.join(linked, "again"));
    symlinkSync("..", path.join(linked, "real/up"));
    expect(told(linked).filter(([rule]) => rule === "known-fields")).toEqual([
      ["known-fields", "error", "real", undefined],
    ]);
    expect(told(path.join(linked, "again")).filter(([rule]) => rule === "known-fields")).toHaveLength(1);
  });

  it("take their namespace from the call", () => {
    const without = folder("without", { "a.yaml": routes("web").replace(", namespace: shop", ", retires: 1") });
    expect(json("-n", "shop", "--fail-on", "info", without).every(({ namespace }) => namespace === "shop")).toBe(true);
  });

  it("of other programs that can not be read are a note, unless they are named", () => {
    const all = folder("others", { "data.json": '{"rating": 5},\n{"rating": 4}\n', "a.yaml": service("web") });
    const told = (name: string) => json(name).map(({ rule, severity }) => [rule, severity]);
    expect(told(all)).toContainEqual(["not-checked", "info"]);
    expect(told(all)).not.toContainEqual(["readable-yaml", "error"]);
    expect(told(path.join(all, "data.json"))).toContainEqual(["readable-yaml", "error"]);
    const broken = folder("broken", { "a.yaml": "apiVersion: v1\nkind: [\n", "b.yaml": service("web") });
    expect(told(broken)).toContainEqual(["readable-yaml", "error"]);
  });

  it("that are templates of a chart are left out, with one note", () => {
    const chart = folder("chart", {
      "Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n",
      "values.yaml": "a: 1\n",
      "templates/a.yaml": "a: {{ .Values.a }}\n",
      "templates/b.yaml": "{{- if .Values.b }}\nb: 1\n{{- end }}\n",
      "charts/sub/Chart.yaml": "apiVersion: v2\nname: s\nversion: 0.1.0\n",
      "charts/sub/templates/c.yaml": "{{ x }}\n",
    });
    const found = json(at("chart"), folder("beside", { "a.yaml": service("web") }));
    expect(found.map(({ rule, severity, file }) => [rule, severity, file])).toContainEqual([
      "not-checked",
      "info",
      path.join(chart, "Chart.yaml"),
    ]);
    expect(found.filter(({ rule }) => rule === "not-checked" || rule === "readable-yaml")).toHaveLength(1);
  });
});

const hasKubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;

describe.skipIf(!hasKubectl)("a kustomization (needs kubectl)", () => {
  const tree = folder("kustomize", {
    "base/kustomization.yaml": "resources: [vs.yaml, service.yaml]\n",
    "base/vs.yaml": routes("web", ", timeout: 5"),
    "base/service.yaml": service("web"),
    "good/kustomization.yaml": "resources: [../base]\npatches: [{path: timeout.yaml}]\n",
    "good/timeout.yaml": routes("web", ", timeout: 5s"),
    "bad/kustomization.yaml": "resources: [../base]\n",
    "gone/kustomization.yaml": "resources: [../nowhere]\n",
    "gone/x.yaml": service("x"),
  });

  it("is judged as it is rendered, at the place in the file that it comes from", () => {
    const wrong = json(tree).filter(({ severity }) => severity === "error");
    expect(
      wrong.map(({ rule, file, line, set }) => [rule, path.relative(tree, file), line, set && path.basename(set)]),
    ).toEqual([["field-types", "base/vs.yaml", 6, undefined]]);
  });

  it("that can not be rendered is a note, and its files are judged", () => {
    const notes = json(tree).filter(({ rule }) => rule === "not-checked");
    expect(notes.map(({ file }) => path.relative(tree, file))).toEqual(["gone/kustomization.yaml"]);
  });
});
