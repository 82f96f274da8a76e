// Each patch of others' code lives as long as what it is for: docs/decisions/monkey-patches.md. Where one of these fails after an
// update, the SDK has learned what the patch does, and the patch can go. That of readOnce has its test beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import log from "@pulumi/pulumi/log/index.js";
import * as proxy from "@pulumi/policy/proxy.js";
import { describe, expect, it } from "vitest";

const of = (file: string) => readFileSync(join(import.meta.dirname, "../node_modules/@pulumi", file), "utf8");

describe("as long as the patch is needed,", () => {
  it("the policy SDK has UnknownValueError and does not declare it (policies/engine/plain.ts)", () => {
    expect(proxy).toHaveProperty("UnknownValueError");
    expect(of("policy/proxy.d.ts")).not.toContain("UnknownValueError");
  });

  it("the policy SDK has deserializeProperties and does not declare it (policies/engine/readOnce.ts)", () => {
    expect(of("policy/server.js")).toContain("deserialize_1.deserializeProperties(req.getProperties(), false)");
    expect(of("policy/deserialize.d.ts")).not.toContain("deserializeProperties");
  });

  it("the SDK maps every stack, and takes one for each promise (index.ts)", () => {
    expect(of("pulumi/cmd/run/index.js")).toContain('require("source-map-support/register")');
    expect(of("pulumi/runtime/debuggable.js")).toContain("Error().stack");
  });

  it("the SDK sends its debug messages whoever asks, and each waits for the one before (index.ts)", () => {
    const [, debug = ""] = /function debug\(([\s\S]*?)\n\}/.exec(of("pulumi/log/index.js")) ?? [];
    expect(debug).toMatch(/if \(engine\) \{\s*return log\(engine/);
    expect(of("pulumi/log/index.js")).toContain("lastLog = Promise.all([lastLog,");
    expect(pulumi.log).toBe(log);
  });

  it("the SDK knows which keys are secret and does not declare how (settings.ts)", () => {
    expect(pulumi.runtime).toHaveProperty("isConfigSecret");
    expect(of("pulumi/runtime/config.d.ts")).not.toContain("isConfigSecret");
  });

  it("the SDK requires a policy pack, which so cannot wait for an import (policies/load.cjs)", () => {
    expect(of("pulumi/cmd/run-policy-pack/run.js")).toContain("require(program)");
  });

  it("the policy SDK takes the tags of ConfigureStack, and the stack from the environment (policyProxy)", () => {
    const [, configure = ""] = /function configureStack\(([\s\S]*?)\n\}/.exec(of("policy/server.js")) ?? [];
    expect(configure).toContain("getTagsMap");
    expect(configure).not.toMatch(/getStack\(|getProject\(/);
    expect(of("pulumi/runtime/state.js")).toContain("PULUMI_NODEJS_STACK");
  });
});
