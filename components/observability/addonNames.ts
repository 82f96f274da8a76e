/** The tools that look at the mesh. */
export const addonNames = ["prometheus", "grafana", "jaeger", "kiali"] as const;
export type AddonName = (typeof addonNames)[number];
