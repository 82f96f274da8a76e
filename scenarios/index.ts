import { allV1 } from "./all-v1.ts";
import { circuitBreaker } from "./circuit-breaker.ts";
import { detailsAbort } from "./details-abort.ts";
import { egress } from "./egress.ts";
import { egressGateway } from "./egress-gateway.ts";
import { ingressTls } from "./ingress-tls.ts";
import { mirror } from "./mirror.ts";
import { mtlsStrict } from "./mtls-strict.ts";
import { rateLimit } from "./rate-limit.ts";
import { ratingsAbort } from "./ratings-abort.ts";
import { ratingsDelay } from "./ratings-delay.ts";
import { requestTimeout } from "./request-timeout.ts";
import { retries } from "./retries.ts";
import { reviews50V3 } from "./reviews-50-v3.ts";
import { reviews8020 } from "./reviews-80-20.ts";
import { reviews9010 } from "./reviews-90-10.ts";
import { reviewsJasonV2 } from "./reviews-jason-v2.ts";
import { reviewsV3 } from "./reviews-v3.ts";
import type { Scenario } from "./scenario.ts";

export type { Scenario } from "./scenario.ts";

/** All scenarios, in the order in which one tells them. */
export const scenarios: readonly Scenario[] = [
  allV1,
  reviewsJasonV2,
  reviews50V3,
  reviews8020,
  reviews9010,
  reviewsV3,
  ratingsDelay,
  ratingsAbort,
  detailsAbort,
  requestTimeout,
  retries,
  mirror,
  circuitBreaker,
  egress,
  egressGateway,
  ingressTls,
  rateLimit,
  mtlsStrict,
];

/** The scenario of that name. */
export function scenarioOf(id: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.id === id);
}
