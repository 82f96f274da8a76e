import type { V1DeploymentList, V1ServiceList, V1ValidatingWebhookConfiguration } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { openOrphaned } from "../../../tools/stack/webhooks.ts";

const webhook = (failurePolicy: string, name = "istiod"): object => ({
  name: "validation.istio.io",
  failurePolicy,
  clientConfig: { service: { namespace: "istio-system", name } },
});

/** A cluster with these webhooks, Services and labels of pods, and what was replaced in it. */
function cluster(webhooks: readonly object[], services: readonly object[], pods: readonly object[]) {
  const replaced: V1ValidatingWebhookConfiguration[] = [];
  const list = (items: readonly object[]) => Promise.resolve({ items });
  const configuration = { metadata: { name: "istiod-default-validator" }, webhooks };
  const apis = {
    admission: {
      listValidatingWebhookConfiguration: () =>
        list([configuration]) as Promise<{ items: V1ValidatingWebhookConfiguration[] }>,
      replaceValidatingWebhookConfiguration: ({ body }: { body: V1ValidatingWebhookConfiguration }) => {
        replaced.push(body);
        return Promise.resolve(body);
      },
    },
    core: { listNamespacedService: () => list(services) as Promise<V1ServiceList> },
    apps: {
      listNamespacedDeployment: () =>
        list(pods.map((labels) => ({ spec: { template: { metadata: { labels } } } }))) as Promise<V1DeploymentList>,
    },
  };
  return { apis, policies: () => replaced.flatMap((each) => each.webhooks?.map(({ failurePolicy }) => failurePolicy)) };
}

const SERVICE = { metadata: { name: "istiod" }, spec: { selector: { app: "istiod", istio: "pilot" } } };

it.each([
  ["no Service", [], [], ["Ignore"]],
  ["a Service, but no Deployment for it", [SERVICE], [{ app: "istiod" }], ["Ignore"]],
  ["both", [SERVICE], [{ app: "istiod", istio: "pilot", more: "labels" }], []],
])("with %s behind it", async (_, services, pods, policies) => {
  const { apis, policies: after } = cluster([webhook("Fail")], services, pods);
  expect(await openOrphaned(apis)).toEqual(policies.length > 0 ? ["istiod-default-validator"] : []);
  expect(after()).toEqual(policies);
});

it("changes the one of several that has nothing behind it, and none that lets changes through already", async () => {
  const pods = [{ app: "istiod", istio: "pilot" }];
  const { apis, policies } = cluster([webhook("Fail"), webhook("Fail", "gone")], [SERVICE], pods);
  await openOrphaned(apis);
  expect(policies()).toEqual(["Fail", "Ignore"]);
  const open = cluster([webhook("Ignore")], [], []);
  expect(await openOrphaned(open.apis)).toEqual([]);
});
