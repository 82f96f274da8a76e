// The policy pack by the engine's own hands, on a stack's state: no cluster is needed.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../../lib/run.ts";
import { engine } from "../../tools/programs/programs.ts";

const policies = path.join(import.meta.dirname, "../../policies");
const levelsOf = (stack: string) => path.join(policies, "config", `${stack}.json`);

let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "policies-"));
  env = { ...(await engine()).env, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: "of-the-test" };
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const gateway = {
  metadata: { name: "shop", namespace: "shop" },
  spec: {
    selector: { istio: "ingressgateway" },
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["shop.example.com"] }],
  },
};

/** Lets the pack judge a stack that has this gateway. */
async function analyze(levels: string) {
  const stack = "urn:pulumi:prod::mesh::pulumi:pulumi:Stack::mesh-prod";
  const type = "kubernetes:networking.istio.io/v1:Gateway";
  const resources = [
    { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
    {
      urn: `urn:pulumi:prod::mesh::${type}::entry`,
      custom: true,
      id: "shop/shop",
      type,
      parent: stack,
      inputs: gateway,
      outputs: gateway,
    },
  ];
  const manifest = { time: new Date().toISOString(), magic: "", version: "" };
  fs.writeFileSync(
    path.join(folder, "stack.json"),
    JSON.stringify({ version: 3, deployment: { manifest, resources } }),
  );
  const args = ["policy", "analyze", "--file", "stack.json", "--policy-pack", policies, "--policy-pack-config", levels];
  const { exitCode, stdout, stderr } = await outcomeOf("pulumi", args, { cwd: folder, env });
  return { exitCode, text: `${stdout}${stderr}` };
}

function settings(exemption: object): string {
  const file = path.join(folder, "levels.json");
  const entry = { enforcementLevel: "mandatory", exemptions: [{ object: "shop/shop", ...exemption }] };
  fs.writeFileSync(file, JSON.stringify({ "gateway-serves-tls": entry }));
  return file;
}

describe("the engine, with the policy pack", () => {
  it("refuses in production, with a message to act on", async () => {
    const { exitCode, text } = await analyze(levelsOf("prod"));
    expect(exitCode).not.toBe(0);
    expect(text).toMatch(/\[mandatory\].*gateway-serves-tls/);
    expect(text).toContain(
      "spec.servers[0].port.protocol: serve these hosts over HTTPS, or set tls.httpsRedirect here",
    );
  });

  it("advises in dev", async () => {
    const { exitCode, text } = await analyze(levelsOf("dev"));
    expect(exitCode).toBe(0);
    expect(text).toMatch(/\[advisory\].*gateway-serves-tls/);
  });

  it("lets an exempted object pass", async () => {
    const { exitCode, text } = await analyze(
      settings({ reason: "the certificate is on its way", until: "2999-12-31" }),
    );
    expect(exitCode).toBe(0);
    expect(text).not.toContain("gateway-serves-tls");
  });

  it("refuses an exemption without a reason", async () => {
    const { exitCode, text } = await analyze(settings({ until: "2999-12-31" }));
    expect(exitCode).not.toBe(0);
    expect(text).toContain("gateway-serves-tls: exemptions.0: reason is required");
  });
});
