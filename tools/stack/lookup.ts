import type { KubernetesObject } from "@kubernetes/client-node";
import { kubernetesClient } from "./kubernetesClient.ts";
import { kubeConfigOf, type Target } from "./target.ts";

/**
 * Says of objects whether the cluster has them.
 * @throws Error, when it is asked, where the cluster does not answer: what cannot be seen may be there
 */
export function lookup(target: Target): (object: KubernetesObject) => Promise<boolean> {
  const { ApiException, KubernetesObjectApi } = kubernetesClient();
  const api = KubernetesObjectApi.makeApiClient(kubeConfigOf(target));
  return async (object) => {
    try {
      await api.read(object as Parameters<typeof api.read>[0]);
      return true;
    } catch (error) {
      const isUnknownKind = error instanceof Error && error.message.startsWith("Unrecognized API version and kind");
      if (isUnknownKind || (error instanceof ApiException && error.code === 404)) return false;
      throw error;
    }
  };
}
