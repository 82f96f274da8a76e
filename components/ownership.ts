/** Annotation by which Pulumi takes fields of an object back that someone else has changed. */
export const PATCH_FORCE = "pulumi.com/patchForce";

/**
 * Annotations of every object that this program owns: a field that someone else changed is taken back at the next
 * `up`, where a preview with refresh would otherwise end in a conflict of field managers.
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/
 */
export const owned = { [PATCH_FORCE]: "true" } as const;
