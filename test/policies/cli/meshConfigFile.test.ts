import { describe, expect, it } from "vitest";
import { readMeshConfigFile } from "../../../policies/cli/meshConfigFile.ts";
import { GOOD, run, scratch } from "./example.ts";

const { folder, at, write } = scratch();
write("good.yaml", GOOD);
const check = (content: string) => run("--mesh-config", write("mesh.yaml", content), at("good.yaml"));
const indented = (text: string) => text.replaceAll(/^/gm, "    ");

describe("a mesh config", () => {
  it.each<[what: string, content: string, config: unknown]>([
    ["plain", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n", { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } }],
    ["in a ConfigMap", "kind: ConfigMap\ndata: {mesh: 'rootNamespace: a'}\n", { rootNamespace: "a" }],
    ["in a ConfigMap with nothing in it", "kind: ConfigMap\ndata: {mesh: ''}\n", {}],
    ["in a document of its own", "---\nrootNamespace: a\n---\n", { rootNamespace: "a" }],
    ["that is empty", "", {}],
    ["that is an empty map", "{}\n", {}],
    ["of comments", "# nothing\n", {}],
  ])("is taken %s", (_what, content, config) => {
    expect(check(content)).toMatchObject({ code: 0, err: "" });
    expect(readMeshConfigFile(at("mesh.yaml")).config).toEqual(config);
  });

  it.each<[what: string, content: string, message: RegExp]>([
    ["a list of objects", "apiVersion: v1\nkind: List\nitems: []\n", /another kind; give the mesh config/],
    ["a VirtualService", GOOD.split("---\n").at(-1) ?? "", /another kind/],
    ["an IstioOperator", "apiVersion: install.istio.io/v1alpha1\nspec: {meshConfig: {}}\n", /another kind/],
    [
      "values of a chart",
      "meshConfig: {rootNamespace: a}\n",
      /no field of Istio's mesh config.*without a field around/,
    ],
    ["something else", "s3cret: 1\n", /no field of Istio's mesh config/],
    ["a ConfigMap of something else", "kind: ConfigMap\ndata: {s3cret: a}\n", /no text data\.mesh/],
    ["a ConfigMap that holds a map", "kind: ConfigMap\ndata: {mesh: {s3cret: a}}\n", /no text data\.mesh/],
    ["a ConfigMap of a list", "kind: ConfigMap\ndata: {mesh: '[s3cret]'}\n", /data\.mesh of .*no map/],
    [
      "a ConfigMap of what is broken",
      `kind: ConfigMap\ndata:\n  mesh: |\n${indented("a: 1\nb: *s3cret")}`,
      /:2: .*anchor/,
    ],
    ["a list", "[s3cret]\n", /no map/],
    ["a text", "s3cret\n", /no map/],
    ["several documents", "rootNamespace: a\n---\nrootNamespace: s3cret\n", /several documents/],
    ["an alias of nothing", "rootNamespace: *s3cret\n", /mesh\.yaml:1: .*anchor/],
    ["what is broken", "a: [s3cret\n", /mesh\.yaml:1: .*bracket/],
  ])("is not %s", (_what, content, message) => {
    const { code, out, err } = check(content);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err).not.toContain("s3cret");
  });

  it.each<[what: string, name: () => string, message: RegExp]>([
    ["a file that is not there", () => at("none.yaml"), /none\.yaml: no such file or directory$/],
    ["a folder", () => folder, /illegal operation on a directory$/],
    ["no name", () => "", /an empty name: no such file/],
    ["no text", () => write("bytes.yaml", Buffer.from([0xff, 0xfe, 1, 0])), /UTF-16/],
  ])("is not %s either", (_what, name, message) => {
    const { code, out, err } = run("--mesh-config", name(), at("good.yaml"));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it("says which of its fields Istio does not know, and reads the others", () => {
    const { code, err } = check("rootNamespace: a\noutboundTraficPolicy: {}\ntrust_domain: a\n\nzzz: s3cret\n");
    expect(code).toBe(0);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/mesh\.yaml:2: .* not read; did you mean outboundTrafficPolicy\?$/) as string,
      expect.stringMatching(/mesh\.yaml:3: .* not read; did you mean trustDomain\?$/) as string,
      expect.stringMatching(/mesh\.yaml:5: .* not read$/) as string,
    ]);
  });
});
