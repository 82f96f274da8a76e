import { describe, expect, expectTypeOf, it } from "vitest";
import { MeshNamespace } from "../../components/application/meshNamespace.ts";
import { overrides, type Overrides } from "../../components/overrides.ts";
import { ServiceRouting } from "../../components/traffic/serviceRouting.ts";
import type { VirtualServiceSpec } from "../../istio/generated/specs.ts";
import { record, the } from "../recorder.ts";
import { mesh } from "./mesh.ts";
import { KNOWN } from "./traffic/declared.ts";

/** The specs of the objects of a routing with overrides. */
async function specs(changes: Overrides) {
  const resources = await record(() => {
    new ServiceRouting(
      "reviews",
      {
        namespace: new MeshNamespace("bookinfo"),
        mesh: mesh(),
        subsets: { v1: {}, v2: {} },
        routes: [{ to: { v1: 90, v2: 10 }, timeout: "2s" }],
      },
      { transforms: [overrides(changes)] },
    );
  }, KNOWN);
  const specOf = (kind: string, name: string) => the(resources, kind, name).inputs.spec;
  return {
    routes: specOf("VirtualService", "reviews-routes"),
    versions: specOf("DestinationRule", "reviews-versions"),
  };
}

describe("overrides", () => {
  it("set a field of a map and leave the others", async () => {
    const without = await specs({});
    const { routes, versions } = await specs({ DestinationRule: { workloadSelector: { matchLabels: { app: "a" } } } });
    expect(versions).toEqual({
      ...(without.versions as object),
      workloadSelector: { matchLabels: { app: "a" } },
    });
    expect(routes).toEqual(without.routes);
  });

  it("reach into a list by position", async () => {
    const { routes } = await specs({
      VirtualService: { http: { 0: { name: "primary", route: { 1: { weight: 9 } } } } },
    });
    expect(routes).toMatchObject({
      http: [{ name: "primary", timeout: "2s", route: [{ weight: 90 }, { weight: 9, destination: { subset: "v2" } }] }],
    });
  });

  it("put a list in place of another", async () => {
    const { versions } = await specs({ DestinationRule: { subsets: [{ name: "v3" }] } });
    expect(versions).toMatchObject({ subsets: [{ name: "v3" }] });
  });

  it("make another spec by a function", async () => {
    const { routes } = await specs({ VirtualService: (spec) => ({ ...spec, exportTo: ["."] }) });
    expect(routes).toMatchObject({ exportTo: ["."], hosts: ["reviews"] });
  });

  it("are held to Istio's definitions by the compiler", () => {
    expectTypeOf<{ VirtualService: { exportTo: string[] } }>().toExtend<Overrides>();
    expectTypeOf<{ VirtualService: { http: { 0: { timeout: string } } } }>().toExtend<Overrides>();
    expectTypeOf<{ VirtualService: { exportTo: number } }>().not.toExtend<Overrides>();
    expectTypeOf<{ VirtualService: { http: { 0: { timeout: number } } } }>().not.toExtend<Overrides>();
    expectTypeOf<(spec: VirtualServiceSpec) => { hosts: number }>().not.toExtend<Overrides["VirtualService"]>();
  });
});
