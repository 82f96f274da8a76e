// Routes whose weights somebody else shifts: what holds is what the cluster has, not what Pulumi once wrote.
import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { PATCH_FORCE } from "../components/ownership.ts";
import { istioKinds } from "../istio/generated/kinds.ts";
import type { Declared, VirtualService } from "./declared.ts";

const { group, plural, versions } = istioKinds.VirtualService;
const KIND = { group, plural, version: versions[0] };

/** What is declared, with the routes of shared VirtualServices as they are now. */
export async function withLiveWeights(config: KubeConfig, declared: Declared): Promise<Declared> {
  const api = config.makeApiClient(CustomObjectsApi);
  const virtualServices = await Promise.all(
    declared.virtualServices.map(async (each) => {
      const { annotations = {}, name, namespace } = each.metadata;
      // Pulumi holds on to all of the others; the routes that it shares with somebody have no such annotation.
      if (annotations[PATCH_FORCE] !== undefined) return each;
      const live = (await api.getNamespacedCustomObject({ ...KIND, namespace, name })) as VirtualService;
      return { ...each, spec: live.spec };
    }),
  );
  return { ...declared, virtualServices };
}
