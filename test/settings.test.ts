import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { loadSettings } from "../settings.ts";

describe("the settings of a stack", () => {
  beforeEach(async () => {
    await pulumi.runtime.setMocks(
      { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
      "mesh",
      "prod",
    );
  });

  it("come from the project's configuration alone", () => {
    pulumi.runtime.setAllConfig({
      "aws:region": "eu-west-1",
      "mesh:profile": "production",
      "mesh:istio": '{"ingressGateway":{"type":"NodePort"},"timeout":"90s"}',
      "mesh:bookinfo": '{"enabled":false}',
      "mesh:observability": '{"enabled":false}',
    });
    expect(loadSettings()).toMatchObject({
      profile: "production",
      istio: { ingressGateway: { type: "NodePort" }, timeout: 90 },
      bookinfo: { enabled: false },
    });
  });

  it("are refused with one error, which needs no stack trace and names everything", () => {
    pulumi.runtime.setAllConfig({ "mesh:profile": "prod", "mesh:istio": '{"timeout":5}', "mesh:cluster": "here" });
    const error = thrown(loadSettings);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message.split("\n")).toEqual([
      "3 settings are wrong in Pulumi.prod.yaml:",
      "  mesh:cluster must be a map of kubeconfig, context, stackReference and eks; it is a string",
      "  mesh:istio.timeout must be a duration in whole seconds, one or more, such as 90s or 5m; it is a number",
      "  mesh:profile must be demo or production; it is a string",
    ]);
  });

  it("are refused in a namespace that is meant for the project's, and no other", () => {
    pulumi.runtime.setAllConfig({ "mehs:profile": "demo", "gcp:project": "of-another-program" });
    const { message } = thrown(loadSettings);
    expect(message).toContain(
      "  mehs:profile has a namespace that nothing in this program reads; did you mean mesh:profile?",
    );
    expect(message).not.toContain("gcp:project");
  });

  it("are refused with the first fifty problems where there are thousands", () => {
    pulumi.runtime.setAllConfig(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`mesh:istio${i}`, "1"])));
    const lines = thrown(loadSettings).message.split("\n");
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toMatch(/^ {2}… and 49\d\d more$/);
  });

  describe("that is a cluster alone", () => {
    /** As the engine hands it over: with the defaults of Pulumi.yaml for what the stack file leaves out. */
    const alone = {
      "aws:region": "eu-west-1",
      "mesh:profile": "demo",
      "mesh:scope": "cluster",
      "mesh:cluster": JSON.stringify({
        eks: {
          access: { ci: { principal: "arn:aws:iam::111122223333:role/ci", level: "cluster-admin" } },
          autoMode: true,
        },
      }),
      ...Object.fromEntries(["istio", "bookinfo", "telemetry", "observability"].map((key) => [`mesh:${key}`, "{}"])),
      "mesh:trafficFiles": "[]",
      "mesh:scenario": "none",
    };

    it("need no secrets of tools that it never makes, in the demo profile either", () => {
      pulumi.runtime.setAllConfig(alone);
      expect(loadSettings()).toMatchObject({ profile: "demo", scope: "cluster" });
    });

    it.each([
      ["mesh:telemetry", '{"mesh":{"accessLog":{"enabled":true}}}'],
      ["mesh:observability", '{"enabled":false}'],
      ["mesh:istio", '{"cni":true}'],
    ])("are refused where they are about the mesh: %s", (key, value) => {
      pulumi.runtime.setAllConfig({ ...alone, [key]: value });
      expect(thrown(loadSettings).message.split("\n")).toEqual([
        "1 setting is wrong in Pulumi.prod.yaml:",
        `  ${key} has no place in a stack that is a cluster alone: move it to the stack of the mesh, or leave mesh:scope out`,
      ]);
    });
  });

  it("may hold a password where it is encrypted, and nowhere else", () => {
    const config = {
      "mesh:bookinfo": '{"ratings":{"database":"mysql","password":"s3cret"}}',
      "mesh:observability": '{"enabled":false}',
    };
    pulumi.runtime.setAllConfig(config, ["mesh:bookinfo"]);
    expect(loadSettings().bookinfo.ratings).toEqual({ database: "mysql", password: "s3cret" });

    pulumi.runtime.setAllConfig(config);
    const { message } = thrown(loadSettings);
    expect(message).toContain("pulumi config set --secret --path 'mesh:bookinfo.ratings.password'");
    expect(message).not.toContain("s3cret");
  });
});

function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
