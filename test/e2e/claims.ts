// Routes by the claims of tokens, at the gateway: by requests with tokens of every kind, and without one.
import { expect } from "vitest";
import { until } from "../../lib/process.ts";
import type { Endpoint } from "../../tools/mesh/page.ts";
import { sendOutside } from "../../verify/outside.ts";
import { newKey, token } from "./tokens.ts";

const byClaim = (claim: string, value: string) => [{ headers: { [`@request.auth.claims${claim}`]: { exact: value } } }];

/** What the stack file says of traffic. */
export const routedByClaims = {
  reviews: {
    subsets: { v1: {}, v2: {}, v3: {} },
    exposure: { hosts: ["reviews.localhost"] },
    gateways: ["reviews-ingress"],
    hosts: ["reviews.localhost"],
    routes: [
      { match: byClaim(".groups", "beta"), to: { v3: 100 } },
      { match: byClaim("[org][team]", "web"), to: { v2: 100 } },
      { to: { v1: 100 } },
    ],
  },
};

/** Tokens, each with the version that serves whoever brings it, or the status of the refusal. */
const SERVED: readonly (readonly [what: string, served: string, bearer?: string])[] = [
  ["none", "v1"],
  ["one without the claim", "v1", token({})],
  ["one of another group", "v1", token({ groups: ["ops", "betas"] })],
  ["one of several groups", "v3", token({ groups: ["ops", "beta"] })],
  ["one whose only group is no list", "v3", token({ groups: "beta" })],
  ["one of the team", "v2", token({ org: { team: "web", floor: 3 } })],
  ["one of another team", "v1", token({ org: { team: "data" } })],
  ["one whose team is in no organization", "v1", token({ team: "web" })],
  ["one of both, of which the first route counts", "v3", token({ groups: ["beta"], org: { team: "web" } })],
  ["one of another key", "401", token({ groups: ["beta"] }, newKey("one"))],
  ["one that has expired", "401", token({ groups: ["beta"], exp: 1 })],
];

export async function expectRoutesByClaims({ port }: Endpoint): Promise<void> {
  const servedTo = async (bearer?: string): Promise<string> => {
    const headers = { host: "reviews.localhost", ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) };
    const request = { method: "GET", path: "/reviews/0", query: {}, headers };
    const { status, body = "" } = await sendOutside({ scheme: "http", port }, request, 10);
    return /"podname": ?"reviews-(v\d)-/.exec(body)?.[1] ?? String(status);
  };
  await until("the routes", 60, async () => (await servedTo(token({ groups: ["beta"] }))) === "v3");
  for (const [what, served, bearer] of SERVED) {
    const answers = await Promise.all([1, 2, 3].map(() => servedTo(bearer)));
    expect(answers, what).toEqual([served, served, served]);
  }
}
