import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { PeerAuthentication } from "../../../components/security/peerAuthentication.ts";
import {
  peerAuthenticationRules,
  type PeerAuthenticationOptions,
} from "../../../components/security/peerAuthenticationOptions.ts";
import { hasIstioctl } from "../../charts.ts";
import { validate } from "../../istioctl.ts";
import { record } from "../../recorder.ts";
import { mesh } from "../mesh.ts";
import { istioObjects, KNOWN } from "../traffic/declared.ts";
import { pathsOf } from "../traffic/problems.ts";

/** What is declared for a namespace, or for the mesh. */
async function declared(rules: PeerAuthenticationOptions, namespace?: string) {
  const resources = await record(() => {
    const place = namespace === undefined ? {} : { namespace: new MeshNamespace(namespace) };
    new PeerAuthentication("default", { ...rules, ...place, mesh: mesh() });
  }, KNOWN);
  return istioObjects(resources);
}

const workload = { app: "mysqldb" };

describe("PeerAuthentication", () => {
  it.each<[string, PeerAuthenticationOptions, string | undefined, string, object]>([
    ["the mesh", { mode: "STRICT" }, undefined, "istio-system", { mtls: { mode: "STRICT" } }],
    ["a namespace", { mode: "PERMISSIVE" }, "bookinfo", "bookinfo", { mtls: { mode: "PERMISSIVE" } }],
    [
      "a workload and a port of it",
      { mode: "STRICT", workload, portLevelMtls: { "3306": "DISABLE" } },
      "bookinfo",
      "bookinfo",
      {
        selector: { matchLabels: workload },
        mtls: { mode: "STRICT" },
        portLevelMtls: { "3306": { mode: "DISABLE" } },
      },
    ],
  ])("is for %s", async (_what, rules, namespace, place, spec) => {
    const objects = await declared(rules, namespace);
    expect(objects).toEqual([
      {
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        metadata: { name: "default", namespace: place, annotations: { "pulumi.com/patchForce": "true" } },
        spec,
      },
    ]);
    if (hasIstioctl) expect(validate(objects)).toBe("");
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["a mode is none", { mode: "MUTUAL" }, ["mode"]],
    ["a port is of no workload", { mode: "STRICT", portLevelMtls: { "80": "DISABLE" } }, ["portLevelMtls"]],
    ["a port is a name", { mode: "STRICT", workload, portLevelMtls: { http: "DISABLE" } }, ["portLevelMtls.http"]],
    ["it is for all workloads", { mode: "STRICT", workload: {} }, ["workload"]],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(peerAuthenticationRules, args)).toEqual(paths);
  });
});
