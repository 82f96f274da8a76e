import type { MeshObject } from "./mesh.ts";

/** Name of the chart of a Helm release, wherever it comes from. */
export function chartName({ root }: MeshObject): string | undefined {
  const chart = root.at("chart").string();
  return chart === undefined ? undefined : /([^/]+?)(?:-\d[^/]*\.tgz)?\/?$/.exec(chart)?.[1];
}
