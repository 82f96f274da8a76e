import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { kindOf, type Kind, type MeshObject } from "../../policies/mesh";
import { record } from "../recorder";
import { meshObject } from "./judge";
import { judgedIn } from "./judgedIn";

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
  // The production profile leaves the tools out.
  const tools = settings.profile === "production" ? {} : { observability };
  const own = { cluster: { kubeconfig: path.join(folder, "kubeconfig") }, ...tools };
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

/** Objects of each kind that the program always declares, so that the rules have something to judge. */
const ALWAYS: readonly Kind[] = ["Namespace", "Deployment", "Release", "Gateway", "VirtualService"];

describe("the program keeps its own rules", () => {
  it.each([
    ["as it is", {}],
    ["for production", { profile: "production", observability: { enabled: false } }],
    ["with ratings in MongoDB", { bookinfo: { ratings: { database: "mongodb" } } }],
    ["with ratings in MySQL", { bookinfo: { ratings: { database: "mysql", password: "of-the-test" } } }],
  ])("%s", async (_what, settings) => {
    const objects = await declare(settings);
    const kinds = new Set(objects().map(({ kind }) => kind));
    expect(ALWAYS.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(judgedIn("local", objects, (level) => level !== "disabled")).toEqual([]);
  });

  it("in production, but for what its stack file decides", async () => {
    const objects = await declare({ profile: "production", bookinfo: { ratings: { database: "mongodb" } } });
    expect(judgedIn("prod", objects, (level) => level === "mandatory")).toEqual([
      "gateway-serves-tls: Gateway bookinfo-gateway spec.servers[0].port.protocol",
    ]);
  });
});
