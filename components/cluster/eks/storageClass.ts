import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { owned } from "../../ownership.ts";

/**
 * The default class of volumes: gp3, encrypted, made in the zone of the pod that wants it. EKS has no default of its own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 */
export function defaultStorageClass(
  name: string,
  { autoMode }: { readonly autoMode: boolean },
  options: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    name,
    {
      metadata: { name: "gp3", annotations: { ...owned, "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: autoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    options,
  );
}
