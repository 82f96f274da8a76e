import { everythingV1, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/ */
export const mtlsStrict: Scenario = {
  id: "mtls-strict",
  description: "Bookinfo takes no plain text: only pods with a sidecar can call it",
  task: "https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/",
  traffic: everythingV1,
  peerAuthentication: { mode: "STRICT" },
};
