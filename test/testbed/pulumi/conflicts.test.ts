import { describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { CallFailed } from "./support/provider.ts";
import { refusalOf, ROUTE, route } from "./support/samples.ts";
import { setUp } from "./support/setUp.ts";

const under = setUp();
const PATH = "/apis/networking.istio.io/v1/namespaces/bookinfo/virtualservices/reviews";
const FORCED = { "pulumi.com/patchForce": "true" };

/** Creates the route, and lets somebody else change its weight. */
async function createdAndChanged(manager: string, annotations?: Fields) {
  const { id, properties } = await under.provider.create({ urn: ROUTE, properties: route(50, annotations) });
  const { spec } = route(1);
  under.cluster.patchByHand(
    { ...route(1), metadata: { name: "reviews", namespace: "bookinfo" }, spec: { http: spec.http } },
    manager,
  );
  const inputs = route(50, annotations);
  return { urn: ROUTE, id, olds: properties, oldInputs: inputs, news: inputs };
}

const weight = (): unknown => under.cluster.objects.get(PATH)?.spec.http[0].route[0].weight;

describe("a field that somebody else has changed", () => {
  test("by hand: the preview names the conflict, and who is in it", async () => {
    const call = await createdAndChanged("kubectl-patch");
    const { message } = await refusalOf(under.provider.update({ ...call, preview: true }), CallFailed);
    expect(message).toMatch(/^the Kubernetes API server reported that "bookinfo\/reviews" failed to fully initialize/);
    expect(message).toContain("server-side apply field conflict detected, see https://www.pulumi.com/");
    expect(message).toContain(
      `The resource managed by field manager "${String(call.olds.__fieldManager)}" had an apply conflict`,
    );
    expect(message).toContain('conflict with "kubectl-patch" using networking.istio.io/v1: .spec.http');
  });

  test("by hand: the update takes it back", async () => {
    const call = await createdAndChanged("kubectl-edit");
    await under.provider.update(call);
    expect(weight()).toBe(50);
  });

  test("by a controller: the update leaves it alone", async () => {
    const call = await createdAndChanged("flagger");
    const { message } = await refusalOf(under.provider.update(call), CallFailed);
    expect(message).toContain('conflict with "flagger"');
    expect(weight()).toBe(1);
  });

  test("with patchForce: preview and update take it back, from whomever", async () => {
    const call = await createdAndChanged("flagger", FORCED);
    const preview = await under.provider.update({ ...call, preview: true });
    expect(preview.spec.http[0].route[0].weight).toBe(50);
    expect(weight()).toBe(1);
    await under.provider.update(call);
    expect(weight()).toBe(50);
  });

  test.each([
    { annotation: undefined, force: "true" },
    { annotation: "false", force: "false" },
  ])("the provider's enablePatchForce forces, unless the annotation is $annotation", async ({ annotation, force }) => {
    const { provider, cluster } = under;
    await provider.configure({ kubeconfig: cluster.kubeconfig(), enablePatchForce: "true" });
    const call = await createdAndChanged(
      "kubectl",
      annotation === undefined ? undefined : { "pulumi.com/patchForce": annotation },
    );
    const before = cluster.requests.length;
    await provider.update(call);
    expect(cluster.requests[before]?.query.get("force")).toBe(force);
  });

  test("the same manager applies every time, and what it no longer says goes away", async () => {
    const { id, properties } = await under.provider.create({
      urn: ROUTE,
      properties: { ...route(50), spec: { ...route(50).spec, gateways: ["mesh"] } },
    });
    await under.provider.update({ urn: ROUTE, id, olds: properties, oldInputs: route(50), news: route(50) });
    const managers = under.cluster.changes.map(({ query }) => query.get("fieldManager"));
    expect(new Set(managers)).toEqual(new Set([properties.__fieldManager]));
    expect(under.cluster.objects.get(PATH)?.spec.gateways).toBeUndefined();
  });

  test("ignored changes stay as they are in the cluster", async () => {
    const call = await createdAndChanged("kubectl-patch");
    await under.provider.update({ ...call, ignoreChanges: ["spec.http[0].route[0].weight"] });
    expect(weight()).toBe(1);
  });
});
