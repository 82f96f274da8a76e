import { z } from "zod";
import { mergeValues, type Values } from "../components/istio/values.ts";
import type { PeerAuthenticationOptions } from "../components/security/peerAuthenticationOptions.ts";
import { scenarios } from "../scenarios/index.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { didYouMean } from "../lib/schema/problems.ts";
import type { HostTrafficSection } from "../components/traffic/hostTrafficOptions.ts";

const NONE = "none";
const ids = [...scenarios.map(({ id }) => id), NONE];

/** The name of a scenario, or none. */
export const scenario = z.string({ error: "must be the name of a scenario" }).superRefine((id, context) => {
  if (ids.includes(id)) return;
  const meant = didYouMean(id, ids);
  const hint = meant === undefined ? `there are ${ids.join(", ")}` : `did you mean ${meant}?`;
  context.addIssue({ code: "custom", message: `is the name of no scenario; ${hint}` });
});

/** The settings that a scenario bears upon. */
interface Stack {
  readonly scenario: string;
  readonly istio: { readonly values?: { readonly istiod?: Values } };
  readonly bookinfo: { readonly namespace: string };
  readonly traffic: Readonly<Record<string, HostTrafficSection>>;
}

/**
 * What holds where the stack file names a scenario: the scenario's rules, and the stack file's own beside them. What it
 * says itself wins: of a host, as a whole; of a chart, value by value.
 */
export function withScenario<Given extends Stack>(
  settings: Given,
): Given & {
  /** By namespace. */
  readonly peerAuthentications: Readonly<Record<string, PeerAuthenticationOptions>>;
} {
  const chosen = scenarioOf(settings.scenario);
  if (!chosen) return { ...settings, peerAuthentications: {} };
  const { istio } = settings;
  return {
    ...settings,
    traffic: { ...chosen.traffic, ...settings.traffic },
    peerAuthentications: chosen.peerAuthentication ? { [settings.bookinfo.namespace]: chosen.peerAuthentication } : {},
    ...(chosen.istiod && {
      istio: {
        ...istio,
        values: { ...istio.values, istiod: mergeValues(chosen.istiod, istio.values?.istiod ?? {}) },
      },
    }),
  };
}
