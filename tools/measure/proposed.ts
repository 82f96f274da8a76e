import type { Config } from "../stack/keptSecrets.ts";
import { TRAFFIC } from "../stack/trafficBefore.ts";

/**
 * What is measured: the ground of one stack, with what another one says about traffic in the place of what the first one says.
 * The tools that look at a mesh take their own time to start, and are left out.
 */
export function proposedOn(ground: Config, own: Config): Config {
  const part = (config: Config, isTraffic: boolean) =>
    Object.fromEntries(Object.entries(config).filter(([key]) => TRAFFIC.includes(key) === isTraffic));
  return { ...part(ground, false), ...part(own, true), "mesh:observability": { enabled: false } };
}
