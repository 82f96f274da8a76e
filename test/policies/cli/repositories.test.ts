// What repositories hold beside manifests of one mesh: templates, placeholders, inputs of tests, examples.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { json, run, scratch } from "./example.ts";

const { at, write } = scratch();

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) write(path.join(name, file), content);
  return at(name);
}

const routes = (name: string, host: string, more = "") => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: [${host}]
  http: [{route: [{destination: {host: ${host}}}]${more}}]
`;
const WRONG = ", retires: {}";

/** What is said of the files in a folder, without notes about what is not in them. */
const told = (...args: readonly string[]) =>
  json(...args)
    .filter(({ message, rule }) => !message.startsWith("not in these files") && rule !== "route-host-known")
    .map(({ rule, severity, file }) => `${severity} ${rule} ${path.basename(file)}`);

describe("a template", () => {
  it.each<[what: string, content: string]>([
    ["of Helm", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}-web\nspec: {}\n"],
    ["with an action in a line of its own", "kind: Service\napiVersion: v1\nmetadata:\n{{ .labels }}\n  name: a\n"],
    ["that repeats", "{{- range .hosts }}\napiVersion: v1\nkind: Service\n{{- end }}\n"],
    ["of Jinja", "apiVersion: v1\n{% if a %}\nkind: Service\n{% endif %}\n"],
  ])("%s in a folder is a note, and not broken YAML", (what, content) => {
    const tree = folder(`template ${what}`, { "a.yaml": content, "b.yaml": routes("web", "web") });
    expect(told(tree)).toEqual(["info not-checked a.yaml"]);
    expect(run(tree).code).toBe(0);
  });

  it("is an error where the call names it", () => {
    const file = write("named.yaml", "apiVersion: v1\nkind: {{ .kind }} x\n");
    expect(told(file)).toEqual(["error readable-yaml named.yaml"]);
  });

  it("excuses no other mistake", () => {
    const tree = folder("both", { "a.yaml": "apiVersion: v1\nkind: [\nmetadata: {{ .name }}\n" });
    expect(told(tree)).toEqual(["error readable-yaml a.yaml"]);
  });

  it("keeps no other document of its file from being judged", () => {
    const tree = folder("two", {
      "a.yaml": `apiVersion: v1\nkind: {{ .kind }} x\n---\n${routes("web", "web", WRONG)}`,
    });
    expect(told(tree)).toEqual(["info not-checked a.yaml", "error known-fields a.yaml"]);
  });
});

describe("a placeholder", () => {
  it.each([
    "'$(SERVICE).shop'",
    "'${SERVICE}'",
    "'${SERVICE:=web}'",
    "'${SERVICE:-web}.shop'",
    "'{{ .Service }}'",
    "'{{service}}.shop'",
    "'<%= service %>'",
    "<your-service>",
  ])("%s is a value that nobody knows", (value) => {
    const tree = folder(`placeholder ${value}`, { "a.yaml": routes("web", value) });
    expect(told(tree)).toEqual(["info not-checked a.yaml"]);
  });

  it.each(["'$SERVICE/'", "'<web>.shop'", "'{service}'", "'web$'"])("is not what %s is", (value) => {
    const tree = folder(`literal ${value.replaceAll("/", "")}`, { "a.yaml": routes("web", value) });
    expect(told(tree)).toContain("error virtual-service-hosts a.yaml");
  });

  it("leaves the other fields of the object to be judged", () => {
    const tree = folder("beside", { "a.yaml": routes("web", "'${SERVICE}'", WRONG) });
    expect(told(tree)).toContain("error known-fields a.yaml");
  });

  it("is a text in what a cluster has answered", () => {
    const tree = folder("stored", {
      "a.yaml": routes("web", "'${SERVICE}'").replace("name: web", "name: web, uid: 8d7e"),
    });
    expect(told(tree)).toContain("error virtual-service-hosts a.yaml");
  });

  it("of a container is the kubelet's", () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: "web:1.0.0", args: ["$(POD_IP)"], env: [{name: A, value: "$(POD_IP)"}]}]}
`;
    expect(told(folder("pod", { "a.yaml": pod }))).not.toContain("info not-checked a.yaml");
  });
});

describe("files that are no one mesh", () => {
  const both = ["one-virtual-service-per-host"];
  const errors = (...args: readonly string[]) =>
    json(...args).flatMap(({ rule, severity, file }) =>
      severity === "error" && both.includes(rule) ? [path.basename(file)] : [],
    );
  const pair = { "a.yaml": routes("a", "web"), "b.yaml": routes("b", "web") };

  it("are not those of a folder", () => {
    expect(new Set(errors(folder("mesh", pair)))).toEqual(new Set(["a.yaml", "b.yaml"]));
  });

  it("are inputs of tests, each of which is judged by itself", () => {
    const tests = folder("tests", { "testdata/a.yaml": pair["a.yaml"], "testdata/deeper/b.yaml": pair["b.yaml"] });
    expect(errors(tests)).toEqual([]);
    const one = folder("one test", { "testdata/a.yaml": `${pair["a.yaml"]}---\n${pair["b.yaml"]}` });
    expect(new Set(errors(one))).toEqual(new Set(["a.yaml"]));
  });

  it("are no part of the mesh beside them where they are inputs of tests", () => {
    expect(errors(folder("beside tests", { "a.yaml": pair["a.yaml"], "testdata/b.yaml": pair["b.yaml"] }))).toEqual([]);
  });

  const examples = { ...pair, "a-slowly.yaml": routes("a", "web", ", timeout: 9s") };

  it("are examples, where a folder has several files for one object", () => {
    const tree = folder("examples", examples);
    expect(errors(tree)).toEqual([]);
    const notes = json(tree).filter(({ rule }) => both.includes(rule));
    expect(new Set(notes.map(({ message }) => message.split(":")[0]))).toEqual(
      new Set(["if this and other files here are applied together"]),
    );
  });

  it("are one mesh where the call says that nothing else is there", () => {
    expect(errors(folder("closed examples", examples), "--closed")).toContain("b.yaml");
  });

  it("are no doubt about what one file says alone", () => {
    const alone = { ...examples, "b.yaml": `${routes("b", "web")}---\n${routes("c", "web")}` };
    const said = json(folder("doubted", alone)).filter(
      ({ rule, file }) => both.includes(rule) && path.basename(file) === "b.yaml",
    );
    expect(new Set(said.map(({ severity, message }) => [severity, message.includes("together")].join(" ")))).toEqual(
      new Set(["error false"]),
    );
  });

  it("are judged with what is not among the examples", () => {
    const tree = folder("examples of a base", {
      "more/a.yaml": examples["a.yaml"],
      "more/a-slowly.yaml": examples["a-slowly.yaml"],
      "base/b.yaml": pair["b.yaml"],
    });
    expect(new Set(errors(tree))).toEqual(new Set(["a.yaml", "a-slowly.yaml"]));
  });

  it("are not a folder for each cluster", () => {
    const tree = folder("clusters", {
      "east/a.yaml": pair["a.yaml"],
      "west/a.yaml": pair["a.yaml"],
      "b.yaml": pair["b.yaml"],
    });
    expect(new Set(errors(tree))).toEqual(new Set(["a.yaml", "b.yaml"]));
  });
});

describe("a file of JSON", () => {
  const object = (name: string, more: object) =>
    JSON.stringify(
      {
        apiVersion: "networking.istio.io/v1",
        kind: "Sidecar",
        metadata: { name },
        spec: { egress: [{ hosts: ["./*"] }], ...more },
      },
      null,
      1,
    );

  it("may hold several objects in a row, as kubectl reads them", () => {
    const file = write("row.json", `${object('a"}', {})}\n${object("b", { egres: [] })} `);
    expect(told(file)).toContain("error known-fields row.json");
    const line =
      readFileSync(file, "utf8")
        .split("\n")
        .findIndex((line) => line.includes('egres"')) + 1;
    expect(json(file).find(({ rule }) => rule === "known-fields")?.line).toBe(line);
  });

  it("may hold ten million letters in a text", () => {
    const file = write(
      "long.json",
      JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", data: { a: "b".repeat(1e7) } }),
    );
    expect(run(file).err).not.toContain("failed");
  });

  it("is broken where something else follows", () => {
    expect(told(write("rest.json", `${object("a", {})}\n]`))).toEqual(["error readable-yaml rest.json"]);
  });
});

const hasKubectl = spawnSync("kubectl", ["kustomize", "--help"]).status === 0;

describe.skipIf(!hasKubectl)("a kustomization that can not be rendered (needs kubectl)", () => {
  const tree = folder("kustomize", {
    "base/kustomization.yaml": "namespace: shop\nresources: [vs.yaml]\npatches: [{path: patch.yaml}]\n",
    "base/vs.yaml": routes("web", "web", WRONG),
    "base/patch.yaml": `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec: {http: [{route: [{destination: {host: web}}]}]}
`,
    "remote/kustomization.yaml": "resources: ['https://example.com/a.yaml']\n",
    "middle/kustomization.yaml": "resources: [../base, ../remote, own.yaml]\n",
    "middle/own.yaml": routes("own", "own", WRONG),
    "top/kustomization.yaml": "resources: [../middle]\n",
  });

  it("is not one of Flux", () => {
    const flux = folder("flux", {
      "kustomization.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./apps}\n",
      "a.yaml": routes("web", "web", WRONG),
    });
    expect(told(flux)).toEqual(["error known-fields a.yaml"]);
  });

  it("is rendered as far as its parts can be, and asks no other machine", () => {
    expect(told(tree)).toEqual([
      "info not-checked kustomization.yaml",
      "error known-fields own.yaml",
      "info not-checked kustomization.yaml",
      "info not-checked kustomization.yaml",
    ]);
    const notes = json(tree).filter(({ rule }) => rule === "not-checked");
    expect(notes.map(({ message }) => message).every((message) => message.includes("on another machine"))).toBe(true);
  });
});
