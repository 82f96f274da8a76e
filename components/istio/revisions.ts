/** Control planes that run side by side, each under a name of its own. */
export interface RevisionsArgs {
  /**
   * Name of the control plane, which its objects bear, e.g. `1-31-1`. It belongs to one version for ever: with the next
   * version comes the next name.
   * @default - none: one control plane, upgraded in place
   * @see https://istio.io/latest/docs/setup/upgrade/canary/
   */
  readonly revision?: string;

  /**
   * A second control plane, to which namespaces move one by one; then it takes the place of the first.
   * @default - none
   */
  readonly canary?: {
    /** Version of the second control plane. */
    readonly version: string;
    /** Its name. */
    readonly revision: string;
    /** Namespaces of the stack whose pods it injects; they are rolled when they move. */
    readonly namespaces?: readonly string[];
  };

  /**
   * The revision that validates Istio's objects.
   * @default - `revision`
   */
  readonly defaultRevision?: string;

  /**
   * Further names of revisions, for namespaces that are not the stack's: from what stands behind `istio.io/rev` to the
   * revision. The tag `default` serves those with `istio-injection: enabled`.
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What follows a name for a revision. */
export const suffixOf = (revision: string | undefined) => (revision === undefined ? "" : `-${revision}`);

/** The revision whose control plane injects the pods of a namespace. */
export function revisionOf({ revision, canary }: RevisionsArgs, namespace: string): string | undefined {
  return canary?.namespaces?.includes(namespace) === true ? canary.revision : revision;
}
