import type { Mistake } from "../mistake.ts";

/** A mistake in a route of reviews, which has the versions v1 and v2. */
export const inRoutes = (mistake: string, wrong: string, right: string, at: string, says: RegExp): Mistake => {
  const reviews = (routes: string) => `reviews: { subsets: { v1: {}, v2: {} }, routes: [${routes}] }`;
  return {
    mistake,
    traffic: reviews(wrong),
    right: reviews(right),
    stoppedBy: { path: `traffic.reviews.routes${at}` },
    says,
  };
};

/** A mistake in what is said of one host. */
export const inHost = (
  mistake: string,
  host: string,
  wrong: string,
  right: string,
  at: string,
  says: RegExp,
): Mistake => ({
  mistake,
  traffic: `${JSON.stringify(host)}: { ${wrong} }`,
  right: `${JSON.stringify(host)}: { ${right} }`,
  stoppedBy: { path: `traffic${/^[\w-]+$/.test(host) ? `.${host}` : `["${host}"]`}${at}` },
  says,
});
