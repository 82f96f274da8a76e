import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { kindOf, Mesh, type MeshObject } from "../../policies/mesh";
import { rules } from "../../policies/rules";
import { record } from "../recorder";
import { meshObject } from "./judge";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "policies-"));
  const kubeconfig = {
    "current-context": "test",
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    clusters: [{ name: "test", cluster: { server: "https://cluster.example" } }],
    users: [],
  };
  fs.writeFileSync(path.join(folder, "kubeconfig"), JSON.stringify(kubeconfig));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});
beforeEach(() => {
  vi.resetModules();
});

/** The objects that the program declares with a stack's settings, read as for one run of a rule. */
async function declare(settings: Readonly<Record<string, unknown>>): Promise<() => MeshObject[]> {
  const observability = { grafana: { password: "of-the-test-alone" }, kiali: { signingKey: "0123456789abcdef" } };
  const own = { cluster: { kubeconfig: path.join(folder, "kubeconfig") }, observability };
  const config = Object.entries({ ...own, ...settings });
  const resources = await record(() => vi.importActual("../../index"), /./, {
    config: Object.fromEntries(
      config.map(([key, value]) => [`mesh:${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    secretKeys: ["mesh:bookinfo", "mesh:observability"],
  });
  return () =>
    resources.flatMap(({ type, name, inputs }) => (kindOf(type) === undefined ? [] : [meshObject(type, name, inputs)]));
}

describe("the program keeps its own rules", () => {
  it.each([
    ["as it is", {}],
    ["for production", { profile: "production", observability: { enabled: false } }],
    ["with ratings in MongoDB", { bookinfo: { ratings: { database: "mongodb" } } }],
    ["with ratings in MySQL", { bookinfo: { ratings: { database: "mysql", password: "of-the-test" } } }],
  ])("%s", async (_what, settings) => {
    const objects = await declare(settings);
    for (const rule of rules) {
      if ("check" in rule) {
        const judged = objects().filter(({ kind }) => rule.kinds.includes(kind));
        expect(judged.length, `objects for ${rule.id}`).toBeGreaterThan(0);
        const found = judged.flatMap((object) => [...rule.check(object)].map(({ path }) => [object.name, path]));
        expect(found, rule.id).toEqual([]);
      } else {
        const mesh = new Mesh(objects());
        expect(mesh.all("VirtualService").length).toBeGreaterThan(0);
        const found = [...rule.checkMesh(mesh)].map(({ object, path }) => [object.name, path]);
        expect(found, rule.id).toEqual([]);
      }
    }
  });
});
