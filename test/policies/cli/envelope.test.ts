import { describe, expect, it } from "vitest";
import { check, strayReport } from "../../../policies/cli/check.ts";
import { readDocuments } from "../../../policies/cli/documents.ts";
import { manifestsOf } from "../../../policies/cli/manifests.ts";

const manifests = (content: string) =>
  manifestsOf(readDocuments("a.yaml", content).filter((document) => "value" in document));

describe("what a manifest says of itself", () => {
  const found = (content: string) => {
    const { objects, sources, strays } = manifests(content);
    const { reports } = check([], { sets: [{ name: "", objects }], sources });
    return [...strays.map(strayReport), ...reports].map(({ rule, severity, line, path, message }) => {
      return [rule, severity, line, path, message];
    });
  };
  const routes = "metadata: {name: a}\nspec: {hosts: [a.example.com]}\n";

  it.each([
    [`kind: VirtualService\n${routes}`, 1, "apiVersion", "write apiVersion: networking.istio.io/v1"],
    [`kind: Deployment\n${routes}`, 1, "apiVersion", "write apiVersion: apps/v1"],
    [
      "kind: Gateway\nmetadata: {name: a}\nspec: {listeners: []}\n",
      1,
      "apiVersion",
      "write apiVersion: gateway.networking.k8s.io/v1",
    ],
    [`apiVersion: 1\nkind: VirtualService\n${routes}`, 1, "apiVersion", "write apiVersion: networking.istio.io/v1"],
    [`apiversion: networking.istio.io/v1\nkind: VirtualService\n${routes}`, 1, "apiversion", "write apiVersion"],
    [`apiVersion: networking.istio.io/v1\nKind: VirtualService\n${routes}`, 2, "Kind", "write kind"],
    [
      `apiVersion: networking.istio.io/v1/x\nkind: VirtualService\n${routes}`,
      1,
      "apiVersion",
      "write apiVersion: networking.istio.io/v1",
    ],
    [`apiVersion: networking.istio.io/v1\n${routes}`, 1, "kind", "write a kind, such as VirtualService"],
    [`apiVersion: v1\n${routes}`, 1, "kind", "write a kind, such as VirtualService"],
    [`apiVersion: security.istio.io/v1\nkind: [a]\n${routes}`, 2, "kind", "write a kind, such as VirtualService"],
    [
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {namespace: a}\n",
      3,
      "metadata.name",
      "name the object",
    ],
    [
      `apiVersion: rbac.istio.io/v1alpha1\nkind: ServiceRole\n${routes}`,
      1,
      "apiVersion",
      "Istio no longer has this group: write AuthorizationPolicy of security.istio.io/v1",
    ],
    [`# routes\n${routes}`, 2, "kind", "write apiVersion and kind, without which no cluster takes this"],
    [
      "data: {a: b}\nmetadata: {name: a}\n",
      1,
      "kind",
      "write apiVersion and kind, without which no cluster takes this",
    ],
    ["apiVersion: v1\nkind: list\nitems: []\n", 2, "kind", "write List"],
    ["kind: List\nitems: []\n", 1, "apiVersion", "write apiVersion: v1"],
    [
      "apiVersion: v1\nkind: List\nitems:\n- a: 1\n- metadata: {name: a}\n",
      5,
      "kind",
      "write apiVersion and kind: an item of a List has its own",
    ],
  ])("is wrong: %s", (content, line, path, message) => {
    expect(found(content)).toEqual([["kind-and-name", "error", line, path, message]]);
  });

  it.each([
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {generateName: a-}\n",
    "apiVersion: networking.istio.io/v1\nkind: VirtualServiceList\nitems: [{metadata: {name: a}}]\n",
    "apiVersion: appmesh.k8s.aws/v1\nkind: VirtualService\nmetadata: {}\n",
    "apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {}\n",
    // Of other programs.
    "apiVersion: v1\nname: chart\nversion: 1.0.0\n",
    "kind: Gateway\nname: api\n",
    "kind: Thing\nmetadata: {}\n",
    "metadata: {}\nspec: {}\n",
    "metadata: {name: a}\n",
    "metadata: {name: [a]}\nspec: {}\n",
    "metadata: {name: a}\nspec: text\n",
    "services: {}\n",
  ])("is right: %s", (content) => {
    expect(found(content)).toEqual([]);
  });

  it("keeps an object from being judged as little as possible", () => {
    expect(manifests(`Kind: VirtualService\n${routes}`).objects[0]?.kind).toBe("VirtualService");
  });
});
