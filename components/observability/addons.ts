import type { Addon } from "./addon.ts";
import { grafana, type GrafanaOptions } from "./addons/grafana.ts";
import { jaeger, type JaegerOptions } from "./addons/jaeger.ts";
import { oauth2Proxy } from "./addons/oauth2Proxy.ts";
import { kiali, type KialiOptions } from "./addons/kiali.ts";
import { prometheus, type PrometheusOptions } from "./addons/prometheus.ts";

/** What the tools can be told, by their names. */
export interface AddonOptions {
  readonly prometheus?: PrometheusOptions;
  readonly grafana?: GrafanaOptions;
  readonly jaeger?: JaegerOptions;
  readonly kiali?: KialiOptions;
}

/** The tools that look at the mesh, by their names. */
export const addons = { prometheus, grafana, jaeger, kiali } satisfies {
  readonly [Name in keyof AddonOptions]-?: { readonly name: Name };
};

export type AddonName = keyof AddonOptions;
export const addonNames = Object.keys(addons) as [AddonName, ...AddonName[]];

/** The same, each as one of many. */
export type ListedAddon = Addon & { readonly name: AddonName };
export const addonList: readonly ListedAddon[] = Object.values(addons);

/** All that has a chart: the tools, and the login before them. */
export const chartedAddons: readonly Pick<Addon, "title" | "chart" | "place">[] = [...addonList, oauth2Proxy];

/** Tools that ask nobody who they are; the others have a login of their own. */
export const withoutLogin: readonly AddonName[] = namesOf(({ hasLogin }) => !hasLogin);
export const withLogin: readonly AddonName[] = namesOf(({ hasLogin }) => hasLogin);

function namesOf(isIt: (addon: Addon) => boolean): readonly AddonName[] {
  return addonList.filter(isIt).map(({ name }) => name);
}
