import { describe, expect, it } from "vitest";
import { kindOf, type Kind, type MeshObject } from "../../policies/model/mesh.ts";
import { generated, keyed, runProgram, someKubeconfig, type Config } from "../wholeProgram.ts";
import { meshObject } from "./judge.ts";
import { judgedIn } from "./judgedIn.ts";

const kubeconfig = someKubeconfig();

/** The objects that the program declares with a stack's settings, read as for one run of a rule. */
async function declare(settings: Config): Promise<() => MeshObject[]> {
  // The production profile leaves the tools out.
  const tools = settings.profile === "production" ? {} : { observability: generated };
  const config = keyed({ cluster: { kubeconfig }, ...tools, ...settings });
  const { resources } = await runProgram(config, /./, { secretKeys: ["mesh:bookinfo"] });
  return () =>
    resources.flatMap(({ type, name, inputs }) => (kindOf(type) === undefined ? [] : [meshObject(type, name, inputs)]));
}

/** Tokens that the gateway requires, and claims that a service asks for behind it. */
const tokens = { jwt: { company: { issuer: "https://login.example.com", on: ["ingress-gateway"], required: true } } };
const admins = { admin: { on: "productpage", paths: ["/admin*"], unless: { jwt: { groups: ["ops"] } } } };

/** Objects of each kind that the program always declares, so that the rules have something to judge. */
const ALWAYS: readonly Kind[] = ["Namespace", "Deployment", "Release", "Gateway", "VirtualService"];

describe("the program keeps its own rules", () => {
  it.each([
    ["as it is", {}],
    ["for production", { profile: "production", observability: { enabled: false } }],
    ["with ratings in MongoDB", { bookinfo: { ratings: { database: "mongodb" } } }],
    ["with ratings in MySQL", { bookinfo: { ratings: { database: "mysql", password: "of-the-test" } } }],
    ["with everything closed", { security: { preset: "zero-trust" } }],
  ])("%s", async (_what, settings) => {
    const objects = await declare(settings);
    const kinds = new Set(objects().map(({ kind }) => kind));
    expect(ALWAYS.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(judgedIn("local", objects, (level) => level !== "disabled")).toEqual([]);
  });

  it("with tokens and denials, but for the gateway's ports and what istiod may fetch", async () => {
    const objects = await declare({ security: { ...tokens, authorization: { default: "deny", deny: admins } } });
    expect(judgedIn("local", objects, (level) => level !== "disabled")).toEqual([
      "denials-of-tcp: AuthorizationPolicy jwt-company-ingress-gateway-required spec.rules[0]",
      "jwks-fetch-restricted: Release istio-istiod values.env.BLOCKED_CIDRS_IN_JWKS_URIS",
    ]);
  });

  it("in production, but for what its stack file decides", async () => {
    const objects = await declare({ profile: "production", bookinfo: { ratings: { database: "mongodb" } } });
    expect(judgedIn("prod", objects, (level) => level === "mandatory")).toEqual([
      "gateway-serves-tls: Gateway bookinfo-gateway spec.servers[0].port.protocol",
    ]);
  });
});
