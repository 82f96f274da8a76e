// Routes whose weights somebody else shifts: what holds is what the cluster has, not what Pulumi once wrote.
import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import type { Declared, VirtualService } from "./declared.ts";

/** Where Pulumi holds on to all of an object; the routes that it shares with others have no such annotation. */
const OWNED = "pulumi.com/patchForce";

/** What is declared, with the routes of shared VirtualServices as they are now. */
export async function withLiveWeights(config: KubeConfig, declared: Declared): Promise<Declared> {
  const api = config.makeApiClient(CustomObjectsApi);
  const virtualServices = await Promise.all(
    declared.virtualServices.map(async (each) => {
      const { annotations = {}, name, namespace } = each.metadata;
      if (annotations[OWNED] !== undefined) return each;
      const kind = { group: "networking.istio.io", version: "v1", plural: "virtualservices" };
      const live = (await api.getNamespacedCustomObject({ ...kind, namespace, name })) as VirtualService;
      return { ...each, spec: live.spec };
    }),
  );
  return { ...declared, virtualServices };
}
