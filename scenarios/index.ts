// Made by `make generate` from the files in this folder; a test holds it to them.
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

/** All scenarios, by their ids. */
export const scenarios: readonly Scenario[] = [
  allV1,
  circuitBreaker,
  detailsAbort,
  egress,
  egressGateway,
  ingressTls,
  mirror,
  mtlsStrict,
  rateLimit,
  ratingsAbort,
  ratingsDelay,
  requestTimeout,
  retries,
  reviews50V3,
  reviews8020,
  reviews9010,
  reviewsJasonV2,
  reviewsV3,
];
