// Webhooks that are left without what answers for them: a run that was interrupted, or an install that was rolled back, leaves the
// one of Istio's base, which then refuses every Gateway and VirtualService, in the preview of the very run that would bring istiod.
import type { AdmissionregistrationV1Api, AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import { say } from "../../lib/progress.ts";
import { kubernetesClient } from "./kubernetesClient.ts";
import type { Stack } from "./stack.ts";
import { isThere, kubeConfigOf } from "./target.ts";

/** Istio's own, which istiod sets to Fail as soon as it runs. */
const OF_ISTIO = "istio=istiod";

interface Apis {
  readonly admission: Pick<
    AdmissionregistrationV1Api,
    "listValidatingWebhookConfiguration" | "replaceValidatingWebhookConfiguration"
  >;
  readonly core: Pick<CoreV1Api, "listNamespacedService">;
  readonly apps: Pick<AppsV1Api, "listNamespacedDeployment">;
}

/** Lets changes through where Istio's webhook has nothing behind it. */
export async function openOrphanedWebhooks({ target }: Pick<Stack, "target">): Promise<void> {
  if (!isThere(target)) return;
  const { AdmissionregistrationV1Api, CoreV1Api, AppsV1Api } = kubernetesClient();
  const config = kubeConfigOf(target);
  const apis = {
    admission: config.makeApiClient(AdmissionregistrationV1Api),
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
  };
  // Who may not look, or cannot reach the cluster, hears of it from the engine, if it matters.
  for (const name of await openOrphaned(apis).catch(() => [])) {
    say(`the webhook ${name} lets changes through until istiod is there, which sets it to Fail again`);
  }
}

/** @returns the configurations that were changed */
export async function openOrphaned({ admission, core, apps }: Apis): Promise<string[]> {
  const { items } = await admission.listValidatingWebhookConfiguration({ labelSelector: OF_ISTIO });
  const opened: string[] = [];
  for (const configuration of items) {
    let isOpened = false;
    for (const webhook of configuration.webhooks ?? []) {
      const { service } = webhook.clientConfig;
      if (webhook.failurePolicy === "Ignore" || !service || (await answers({ core, apps }, service))) continue;
      webhook.failurePolicy = "Ignore";
      isOpened = true;
    }
    if (!isOpened) continue;
    const name = configuration.metadata?.name ?? "";
    await admission.replaceValidatingWebhookConfiguration({ name, body: configuration });
    opened.push(name);
  }
  return opened;
}

/** Whether there is something that answers for the Service, or is about to. */
async function answers(
  { core, apps }: Pick<Apis, "core" | "apps">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<boolean> {
  const services = await core.listNamespacedService({ namespace });
  const { selector } = services.items.find(({ metadata }) => metadata?.name === name)?.spec ?? {};
  if (selector === undefined) return false;
  const deployments = await apps.listNamespacedDeployment({ namespace });
  return deployments.items.some(({ spec }) => {
    const labels = spec?.template.metadata?.labels ?? {};
    return Object.entries(selector).every(([key, value]) => labels[key] === value);
  });
}
