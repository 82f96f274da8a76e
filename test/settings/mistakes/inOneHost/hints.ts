import type { Mistake } from "../mistake.ts";
import { inRoutes } from "./rows.ts";

/** A mistake that a hint of the pack is about, in the routes of reviews. */
const hinted = (mistake: string, wrong: string, right: string, rule: string, at: string, says: RegExp): Mistake => ({
  ...inRoutes(mistake, wrong, right, "", says),
  stoppedBy: { rule, at: `VirtualService reviews-routes ${at}` },
});

export const hints: readonly Mistake[] = [
  hinted(
    "attempts that do not fit into the timeout",
    "{ timeout: 5s, retries: { attempts: 3, perTryTimeout: 2s }, to: { v1: 90, v2: 10 } }",
    "{ timeout: 9s, retries: { attempts: 3, perTryTimeout: 2s }, to: { v1: 90, v2: 10 } }",
    "retries-fit-timeout",
    "spec.http[0].timeout",
    /leave time for all attempts/,
  ),
  hinted(
    "attempts without a time of their own",
    "{ timeout: 5s, retries: { attempts: 3 }, to: { v1: 90, v2: 10 } }",
    "{ retries: { attempts: 3 }, to: { v1: 90, v2: 10 } }",
    "retries-fit-timeout",
    "spec.http[0].retries.perTryTimeout",
    /each attempt/,
  ),
  hinted(
    "a cookie as the whole header",
    "{ match: [{ headers: { cookie: { exact: user=jason } } }], to: { v2: 100 } }, { to: { v1: 100 } }",
    "{ match: [{ headers: { cookie: { regex: '(.*;\\s*)?user=jason(;.*)?' } } }], to: { v2: 100 } }, { to: { v1: 100 } }",
    "browser-headers-in-part",
    "spec.http[0].match[0].headers.cookie.exact",
    /other cookies in the same header/,
  ),
  hinted(
    "a browser's name as the whole header",
    "{ match: [{ headers: { user-agent: { prefix: Firefox } } }], to: { v2: 100 } }, { to: { v1: 100 } }",
    "{ match: [{ headers: { user-agent: { regex: '.*Firefox/.*' } } }], to: { v2: 100 } }, { to: { v1: 100 } }",
    "browser-headers-in-part",
    'spec.http[0].match[0].headers["user-agent"].prefix',
    /before the name of the browser/,
  ),
  hinted(
    "no route for the rest",
    "{ match: [{ headers: { end-user: { exact: jason } } }], to: { v1: 0, v2: 100 } }",
    "{ match: [{ headers: { end-user: { exact: jason } } }], to: { v2: 100 } }, { to: { v1: 100 } }",
    "rest-is-routed",
    "spec.http",
    /route without a match/,
  ),
];
