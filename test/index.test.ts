import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { record, type RecordOptions } from "./recorder";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mesh-"));
const kubeconfig = path.join(folder, "config");
fs.writeFileSync(kubeconfig, JSON.stringify({ "current-context": "a", contexts: [{ name: "a", context: { cluster: "c", user: "u" } }], clusters: [{ name: "c", cluster: { server: "https://x" } }], users: [] }));
describe("x", () => {
  it("y", async () => {
    vi.resetModules();
    const r = await record(async () => { const p = await import("../index"); console.log(p.ingress, p.bookinfo); }, /./, { config: { "mesh:cluster": JSON.stringify({ kubeconfig }) } });
    console.log(r.map(({type, name, dependsOn, provider}) => `${type} ${name} <- ${dependsOn.join(", ")} ${provider?.split("::").pop()}`).join("\n"));
  });
});
