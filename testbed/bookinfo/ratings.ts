import { setTimeout as sleep } from "node:timers/promises";
import { readStars, type DatabaseAddress } from "./database.ts";
import { json, type Reply, type Route } from "./server.ts";

export interface RatingsOptions {
  readonly version: string;
  /** Where the stars are kept; without it, in memory. */
  readonly database?: DatabaseAddress | undefined;
}

const MINUTE = 60_000;

/** What a flavour of ratings does wrong at a moment of its life. */
export interface Misbehavior {
  readonly delay: number;
  readonly unavailable: boolean;
  readonly healthy: boolean;
}

/**
 * @param uptime - milliseconds since the start: v-unavailable changes its mind every minute, v-unhealthy every quarter of an hour
 * @param chance - from 0 to 1: v-faulty and v-delayed fail half of the requests
 */
export function misbehavior(version: string, uptime: number, chance: number): Misbehavior {
  const oddPeriod = (length: number) => Math.floor(uptime / length) % 2 === 1;
  const good: Misbehavior = { delay: 0, unavailable: false, healthy: true };
  switch (version) {
    case "v-faulty":
      return { ...good, unavailable: chance <= 0.5 };
    case "v-delayed":
      return { ...good, delay: chance <= 0.5 ? 7_000 : 0 };
    case "v-unavailable":
      return { ...good, unavailable: oddPeriod(MINUTE) };
    case "v-unhealthy":
      return { ...good, unavailable: oddPeriod(15 * MINUTE), healthy: !oddPeriod(15 * MINUTE) };
    default:
      return good;
  }
}

/** Stars by reviewer. */
export function ratings({ version, database }: RatingsOptions): Route[] {
  const posted = new Map<number, unknown>();
  const now = () => misbehavior(version, process.uptime() * 1000, Math.random());

  const read = async (id: number): Promise<Reply> => {
    if (database !== undefined) return fromDatabase(id, database);
    const { delay, unavailable } = now();
    if (delay > 0) await sleep(delay);
    if (unavailable) return json(503, { error: "Service unavailable" });
    return json(200, { id, ratings: posted.get(id) ?? { Reviewer1: 5, Reviewer2: 4 } });
  };

  return [
    {
      method: "GET",
      path: /^\/health$/,
      handle: () =>
        now().healthy ? json(200, { status: "Ratings is healthy" }) : json(500, { status: "Ratings is not healthy" }),
    },
    {
      method: "GET",
      path: /^\/ratings\/(?:.*\/)?([^/]*)$/,
      handle: (_request, id = "") => withId(id, read),
    },
    {
      method: "POST",
      path: /^\/ratings\/(?:.*\/)?([^/]*)$/,
      handle: (request, id = "") =>
        withId(id, async (product) => {
          const body = await request.body();
          let stars: unknown;
          try {
            stars = JSON.parse(body);
          } catch {
            return json(400, { error: "the ratings must be JSON" });
          }
          if (database !== undefined) return json(501, { error: "ratings kept in a database cannot be posted" });
          posted.set(product, stars);
          return json(200, { id: product, ratings: stars });
        }),
    },
  ];
}

function withId(id: string, handle: (id: number) => Promise<Reply>): Reply | Promise<Reply> {
  const product = Number.parseInt(id, 10);
  return Number.isNaN(product) ? json(400, { error: "the product's id must be a number" }) : handle(product);
}

async function fromDatabase(id: number, database: DatabaseAddress): Promise<Reply> {
  try {
    const [first = 0, second = 0] = await readStars(database);
    return json(200, { id, ratings: { Reviewer1: first, Reviewer2: second } });
  } catch {
    return json(500, { error: "could not read the ratings from the database" });
  }
}
