/** What is said of the call, not of a place in a manifest. */
export interface Remark {
  /** An error says that what was asked for is not what was checked. */
  readonly severity: "error" | "warning" | "info";
  readonly text: string;
}

export const errorRemark = (text: string): Remark => ({ severity: "error", text });
