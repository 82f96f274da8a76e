/** A mistake that a reasonable person makes in a stack file with Bookinfo, and what says so. */
export interface Mistake {
  readonly mistake: string;

  /** `mesh:traffic` in YAML. */
  readonly traffic: string;

  /** The same without the mistake, which nothing is said of. */
  readonly right: string;

  /**
   * Other sections of the stack file in YAML, by their names without `mesh:`, for both.
   * @default - none: Bookinfo as it is
   */
  readonly beside?: string;

  /** The settings, at a path of the stack file without `mesh:`, or a rule of the pack, at a place of an object. */
  readonly stoppedBy: { readonly path: string } | { readonly rule: string; readonly at: string };

  /** What the message has to say. */
  readonly says: RegExp;
}
