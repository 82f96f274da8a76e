import { spawnSync } from "node:child_process";

/** An object as one applies it. */
export interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: unknown;
}

/** What Istio's validation, the same as istiod's, has against the objects; empty if nothing. */
export function validate(objects: readonly AppliedObject[]): string {
  const input = objects.map((each) => JSON.stringify(each)).join("\n---\n");
  const { status, stdout, stderr, error } = spawnSync("istioctl", ["validate", "-f", "-"], { input, encoding: "utf8" });
  if (error) throw error;
  return (
    `${status === 0 ? "" : stdout}${stderr}`
      .split("\n")
      // Said of every EnvoyFilter.
      .filter((line) => !line.includes("EnvoyFilter exposes internal implementation details"))
      .join("\n")
      .replace(/^validation succeed$/m, "")
      .trim()
  );
}
