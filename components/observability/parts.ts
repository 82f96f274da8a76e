// What the descriptors of several tools have in common: fields of their schemas, and values of their charts.
import * as field from "../../lib/schema/fields.ts";
import { anyValues } from "../istio/schema/charts.ts";
import type { Profile } from "../profile.ts";

/** The fields that every tool has. */
export const toolFields = { enabled: field.flag.exactOptional(), values: anyValues.exactOptional() };

/** A key that encrypts with AES, or signs. */
export const aesKey = field.text(/^([!-~]{16}|[!-~]{24}|[!-~]{32})$/, "must be a key of 16, 24 or 32 characters");

/** A persistent volume. */
export const storage = field.section({
  size: field.memory,
  storageClass: field.text(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "must be the name of a StorageClass").exactOptional(),
});

/** Pods without a sidecar: they scrape and are asked past the mesh, in a namespace that Istio itself does not inject into. */
export const noSidecar = { "sidecar.istio.io/inject": "false" } as const;

/** What a container gives up that needs none of it. */
export const unprivileged = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** What a tool asks of its node: little in a demo, and what it takes for a few hundred pods in production. */
export const requests = (profile: Profile, production: { readonly cpu: string; readonly memory: string }) => ({
  requests: profile === "demo" ? { cpu: "10m", memory: "64Mi" } : production,
});
