import type { Report } from "../../arguments.ts";
import { itemsOf, mapOf, type Untrusted } from "../../../lib/untrusted.ts";

/** The rule that a mirror is another place than the route's own. The routes may be wrong by themselves. */
export function checkSelfMirrors(routes: unknown, host: unknown, report: Report): void {
  const placeOf = ({ host: other = host, subset, port }: Untrusted) => JSON.stringify([other, subset, port]);
  for (const [index, route] of itemsOf(routes).entries()) {
    const places = new Set(destinationsOf(route.to).map(placeOf));
    for (const [number, mirror] of itemsOf(route.mirrors).entries()) {
      if (places.size > 1 || !places.has(placeOf(mirror))) continue;
      report(
        ["routes", index, "mirrors", number],
        "is where the requests go already, so that each is done twice: name another subset or host",
      );
    }
  }
}

/** The destinations that get requests. */
function destinationsOf(to: unknown): readonly Untrusted[] {
  if (to === undefined) return [{}];
  if (Array.isArray(to)) return itemsOf(to).filter(({ weight }) => weight !== 0);
  const shares = Object.entries(mapOf(to)).filter(([, share]) => share !== 0);
  return shares.map(([subset]) => ({ subset }));
}
