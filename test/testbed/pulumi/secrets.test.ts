import { describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { Refusal } from "./support/refusal.ts";
import { CallFailed } from "./support/provider.ts";
import { refusalOf, secret, urnOf, withoutSecrets } from "./support/samples.ts";
import { setUp } from "./support/setUp.ts";

const under = setUp();

describe("secrets", () => {
  const SECRET = urnOf("core/v1:Secret");
  const password = "correct-horse-battery";
  const encoded = Buffer.from(password).toString("base64");
  const inputs = (data: unknown): Fields => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "login", namespace: "bookinfo" },
    stringData: data,
  });

  test("are secret in the state, in the inputs and in what the server made of them", async () => {
    under.cluster.reconcile = (object) => (object.data = { password: encoded });
    const { properties } = await under.provider.create({ urn: SECRET, properties: inputs(secret({ password })) });
    expect(properties.data).toEqual(secret({ password: encoded }));
    expect(properties.stringData).toEqual(secret({ password }));
    expect(properties.__inputs.stringData).toEqual(secret({ password }));
  });

  test("come back from a refresh as they were declared", async () => {
    under.cluster.store({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "login", namespace: "bookinfo" },
      data: { password: encoded },
    });
    const read = await under.provider.read({ urn: SECRET, id: "bookinfo/login", inputs: inputs(secret({ password })) });
    expect(read.inputs.stringData).toEqual(secret({ password }));
    expect(JSON.stringify(withoutSecrets(read))).not.toMatch(new RegExp(`${password}|${encoded}`));
  });

  test("are never in a message, plain or encoded", async () => {
    under.cluster.admit = () => {
      throw new Refusal(422, `Secret "login" is invalid: data: Invalid value: "${password}" (${encoded})`);
    };
    const { message } = await refusalOf(
      under.provider.create({ urn: SECRET, properties: inputs(secret({ password })) }),
      CallFailed,
    );
    expect(message).toMatch(/Invalid value: "\[secret\]" \(\[secret\]\)$/);
  });

  test("are never in a progress line", async () => {
    const { provider, cluster } = under;
    const conditions = [{ type: "Failed", status: "True", reason: "Error", message: `bad password ${password}` }];
    cluster.reconcile = (object) => (object.status = { conditions });
    const job = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "j", namespace: "bookinfo" },
      spec: { password: secret(password) },
    };
    const { reasons } = await refusalOf(provider.create({ urn: urnOf("batch/v1:Job"), properties: job }), CallFailed);
    expect(reasons[0]).toMatch(/bad password \[secret\]$/);
    expect(JSON.stringify(provider.plugin.logged)).not.toContain(password);
  });
});
