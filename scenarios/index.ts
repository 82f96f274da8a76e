// Made by `make generate` from the files in this folder; a test holds it to them.
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
