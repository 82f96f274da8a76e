import { everythingV1, rules, type Scenario } from "./scenario.ts";

/** @see https://istio.io/latest/docs/tasks/traffic-management/circuit-breaking/ */
export const circuitBreaker: Scenario = {
  id: "circuit-breaker",
  description: "Details take one request at a time, and are put aside for 10 s after an error",
  task: "https://istio.io/latest/docs/tasks/traffic-management/circuit-breaking/",
  traffic: {
    ...everythingV1,
    details: rules({
      subsets: { v1: {} },
      trafficPolicy: {
        connectionPool: {
          tcp: { maxConnections: 1 },
          http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 },
        },
        outlierDetection: {
          consecutive5xxErrors: 1,
          interval: "1s",
          baseEjectionTime: "10s",
          // There is one pod, and it has to go.
          maxEjectionPercent: 100,
        },
      },
      routes: [{ to: { v1: 100 } }],
    }),
  },
};
