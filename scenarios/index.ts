import { allV1 } from "./all-v1";
import { circuitBreaker } from "./circuit-breaker";
import { detailsAbort } from "./details-abort";
import { egress } from "./egress";
import { egressGateway } from "./egress-gateway";
import { ingressTls } from "./ingress-tls";
import { mirror } from "./mirror";
import { mtlsStrict } from "./mtls-strict";
import { rateLimit } from "./rate-limit";
import { ratingsAbort } from "./ratings-abort";
import { ratingsDelay } from "./ratings-delay";
import { requestTimeout } from "./request-timeout";
import { retries } from "./retries";
import { reviews50V3 } from "./reviews-50-v3";
import { reviews8020 } from "./reviews-80-20";
import { reviews9010 } from "./reviews-90-10";
import { reviewsJasonV2 } from "./reviews-jason-v2";
import { reviewsV3 } from "./reviews-v3";
import type { Scenario } from "./scenario";

export type { Scenario } from "./scenario";

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
