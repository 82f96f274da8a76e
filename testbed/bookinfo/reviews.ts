import type * as http from "node:http";
import { FORWARDED_HEADERS, pickHeaders } from "./headers.ts";
import { json, type Route } from "./server.ts";
import { get } from "./upstream.ts";

export interface ReviewsOptions {
  /** Ask the ratings service for stars. */
  readonly ratings: boolean;
  readonly starColor: string;
  /** Base address of the ratings service. */
  readonly ratingsAddress: string;
  readonly podName: string | undefined;
  readonly clusterName: string | undefined;
}

const TEXTS = {
  Reviewer1: "Two pairs of twins, one town, no patience: I laughed from the first beating to the last embrace.",
  Reviewer2: "Quick, loud and merry. Whoever wants deep thoughts should take another play from the shelf.",
};

/**
 * Milliseconds to wait for ratings. The red version gives up sooner; the fault injection task needs the black one to outlast
 * a delay of 7 s.
 */
export function ratingsTimeout(starColor: string): number {
  return starColor === "black" ? 10_000 : 2_500;
}

/** What reviewers think of the book. */
export function reviews(options: ReviewsOptions): Route[] {
  return [
    { method: "GET", path: /^\/health$/, handle: () => json(200, { status: "Reviews is healthy" }) },
    {
      method: "GET",
      path: /^\/reviews\/(\d+)$/,
      handle: async ({ headers }, id = "0") => {
        const stars = options.ratings ? await starsOf(id, headers, options) : undefined;
        return json(200, {
          id,
          // Text in either case: the page compares the cluster's name with "null".
          podname: options.podName ?? "null",
          clustername: options.clusterName ?? "null",
          reviews: Object.entries(TEXTS).map(([reviewer, text]) => ({
            reviewer,
            text,
            ...(stars && { rating: rating(stars[reviewer], options.starColor) }),
          })),
        });
      },
    },
  ];
}

function rating(stars: unknown, color: string) {
  return typeof stars === "number" ? { stars, color } : { error: "Ratings service is currently unavailable" };
}

/** Stars by reviewer, empty if ratings does not answer as it should. */
async function starsOf(
  id: string,
  incoming: http.IncomingHttpHeaders,
  { ratingsAddress, starColor }: ReviewsOptions,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const headers = pickHeaders(incoming, FORWARDED_HEADERS);
    const answer = await get(`${ratingsAddress}/ratings/${id}`, headers, ratingsTimeout(starColor));
    if (answer.status !== 200) return {};
    return (JSON.parse(answer.text) as { ratings?: Record<string, unknown> }).ratings ?? {};
  } catch {
    return {};
  }
}
