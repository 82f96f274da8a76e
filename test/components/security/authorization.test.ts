import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { AuthorizationPolicy } from "../../../components/security/authorizationPolicy.ts";
import {
  authorizationPolicyRules,
  type AuthorizationPolicyOptions,
} from "../../../components/security/authorizationPolicyOptions.ts";
import { RequestAuthentication } from "../../../components/security/requestAuthentication.ts";
import { requestAuthenticationRules } from "../../../components/security/requestAuthenticationOptions.ts";
import { hasIstioctl } from "../../charts.ts";
import { validate } from "../../istioctl.ts";
import { record } from "../../recorder.ts";
import { mesh } from "../mesh.ts";
import { istioObjects, KNOWN } from "../traffic/declared.ts";
import { pathsOf } from "../traffic/problems.ts";

/** All that an AuthorizationPolicy of Istio's can say. */
const whole: AuthorizationPolicyOptions = {
  action: "ALLOW",
  workload: { app: "cart" },
  rules: [
    {
      from: [
        { principals: ["cluster.local/ns/shop/sa/*"], notNamespaces: ["dev"], ipBlocks: ["10.0.0.0/8"] },
        { requestPrincipals: ["https://login.example.com/*"], notRemoteIpBlocks: ["192.0.2.1"] },
        { serviceAccounts: ["shop/till"], trustDomains: ["example.com"] },
      ],
      to: [
        { hosts: ["shop.example.com"], ports: ["8080"], methods: ["GET", "HEAD"], notPaths: ["/admin*"] },
        { paths: ["/orders/{*}/items/{**}"], notMethods: ["DELETE"] },
      ],
      when: [
        { key: "request.headers[x-tenant]", values: ["blue"] },
        { key: "source.ip", notValues: ["10.1.0.0/16"] },
      ],
    },
  ],
};

describe("AuthorizationPolicy", () => {
  it("says all that Istio's can say, which Istio accepts", async () => {
    const declared = istioObjects(
      await record(() => {
        new AuthorizationPolicy("cart", { ...whole, namespace: new MeshNamespace("shop"), mesh: mesh() });
        new AuthorizationPolicy("nobody", { tryOut: true, mesh: mesh() });
        new AuthorizationPolicy("login", { action: "CUSTOM", provider: "login", rules: [{}], mesh: mesh() });
      }, KNOWN),
    );
    const objects = ["cart", "nobody", "login"].map((name) => declared.find(({ metadata }) => metadata.name === name));
    expect(objects[0]).toMatchObject({
      kind: "AuthorizationPolicy",
      metadata: { name: "cart", namespace: "shop" },
      spec: {
        action: "ALLOW",
        selector: { matchLabels: { app: "cart" } },
        rules: [
          { from: [{ source: { principals: ["cluster.local/ns/shop/sa/*"] } }, {}, {}], to: [{ operation: {} }, {}] },
        ],
      },
    });
    expect(objects[1]).toMatchObject({
      metadata: { name: "nobody", namespace: "istio-system", annotations: { "istio.io/dry-run": "true" } },
      spec: {},
    });
    expect(objects[2]).toMatchObject({ spec: { action: "CUSTOM", provider: { name: "login" }, rules: [{}] } });
    if (hasIstioctl) expect(validate(declared)).toBe("");
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["an action is none", { action: "REFUSE" }, ["action"]],
    ["nobody decides", { action: "CUSTOM", rules: [{}] }, ["provider"]],
    ["somebody decides about what is allowed", { provider: "login" }, ["provider"]],
    ["nothing is refused", { action: "DENY" }, ["rules"]],
    [
      "it is for pods and a gateway",
      { workload: { app: "a" }, targetRefs: [{ kind: "Gateway", name: "a" }] },
      ["targetRefs"],
    ],
    ["a source is anybody", { rules: [{ from: [{}] }] }, ["rules[0].from[0]"]],
    ["a list is empty", { rules: [{ to: [{ methods: [] }] }] }, ["rules[0].to[0].methods"]],
    ["an address is none", { rules: [{ from: [{ ipBlocks: ["10.0.0.0/33"] }] }] }, ["rules[0].from[0].ipBlocks[0]"]],
    ["a port is a name", { rules: [{ to: [{ ports: ["http"] }] }] }, ["rules[0].to[0].ports[0]"]],
    [
      "a path has a template in the middle of a word",
      { rules: [{ to: [{ paths: ["/a{*}"] }] }] },
      ["rules[0].to[0].paths[0]"],
    ],
    ["an attribute is none", { rules: [{ when: [{ key: "source.name", values: ["a"] }] }] }, ["rules[0].when[0].key"]],
    ["a condition has no values", { rules: [{ when: [{ key: "source.ip" }] }] }, ["rules[0].when[0]"]],
    [
      "an account has an asterisk",
      { rules: [{ when: [{ key: "source.serviceAccount", values: ["a/*"] }] }] },
      ["rules[0].when[0].values[0]"],
    ],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(authorizationPolicyRules, args)).toEqual(paths);
  });
});

describe("RequestAuthentication", () => {
  it("says which tokens count, which Istio accepts", async () => {
    const objects = istioObjects(
      await record(() => {
        new RequestAuthentication("login", {
          namespace: new MeshNamespace("shop"),
          workload: { app: "cart" },
          jwtRules: [
            {
              issuer: "https://login.example.com",
              audiences: ["shop"],
              fromHeaders: [{ name: "x-token", prefix: "Bearer " }],
              claimsToHeaders: { sub: "x-user" },
              timeout: "2s",
            },
          ],
          mesh: mesh(),
        });
      }, KNOWN),
    );
    expect(objects).toMatchObject([
      {
        metadata: { name: "login", namespace: "shop" },
        spec: {
          selector: { matchLabels: { app: "cart" } },
          jwtRules: [
            { issuer: "https://login.example.com", outputClaimToHeaders: [{ claim: "sub", header: "x-user" }] },
          ],
        },
      },
    ]);
    if (hasIstioctl) expect(validate(objects)).toBe("");
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["there is no issuer", { jwtRules: [] }, ["jwtRules"]],
    ["an issuer has no name", { jwtRules: [{ issuer: "" }] }, ["jwtRules[0].issuer"]],
    [
      "a header has a blank",
      { jwtRules: [{ issuer: "a", claimsToHeaders: { sub: "x user" } }] },
      ["jwtRules[0].claimsToHeaders.sub"],
    ],
    [
      "keys come from two places",
      {
        jwtRules: [{ issuer: "a", jwks: '{"kty":"RSA","n":"s7w9","e":"AQAB"}', jwksUri: "https://a" }],
      },
      ["jwtRules[0].jwks"],
    ],
    ["a time is none", { jwtRules: [{ issuer: "a", timeout: "soon" }] }, ["jwtRules[0].timeout"]],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(requestAuthenticationRules, args)).toEqual(paths);
  });
});
