import { outlierDetectionCanEject } from "../../../../policies/rules/destination-rule/outlier-detection-can-eject.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";

const metadata = (name: string) => ({ name, namespace: "bookinfo" });
const service: Manifest = {
  apiVersion: "v1",
  kind: "Service",
  metadata: metadata("reviews"),
  spec: { selector: { app: "reviews" }, ports: [{ name: "http", port: 9080 }] },
};
const pods = (version: string, replicas?: number, kind = "Deployment"): Manifest => ({
  apiVersion: "apps/v1",
  kind,
  metadata: metadata(`reviews-${version}`),
  spec: {
    ...(replicas !== undefined && { replicas }),
    template: { metadata: { labels: { app: "reviews", version } } },
  },
});
const scaler = (maxReplicas: number): Manifest => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: metadata("reviews"),
  spec: { scaleTargetRef: { kind: "Deployment", name: "reviews-v1" }, minReplicas: 1, maxReplicas },
});
const rule = (spec: object): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: metadata("reviews"),
  spec: { host: "reviews", ...spec },
});
const detection = (outlierDetection: object) => rule({ trafficPolicy: { outlierDetection } });
const ofSubset = (outlierDetection: object) =>
  rule({ subsets: [{ name: "v1", labels: { version: "v1" }, trafficPolicy: { outlierDetection } }] });
const usual = detection({ consecutive5xxErrors: 5 });
const here = "spec.trafficPolicy.outlierDetection.maxEjectionPercent";

describeRule(outlierDetectionCanEject, {
  accepts: {
    "ten pods by the default": [usual, service, pods("v1", 10)],
    "pods of several versions": [usual, service, pods("v1", 5), pods("v2", 5)],
    "half of two pods": [detection({ maxEjectionPercent: 50 }), service, pods("v1", 2)],
    "all of a single pod": [detection({ maxEjectionPercent: 100 }), service, pods("v1")],
    "what an autoscaler may add": [usual, service, pods("v1", 1), scaler(10)],
    "no outlier detection": [rule({ trafficPolicy: {} }), service, pods("v1")],
    "pods that the nodes count": [usual, service, pods("v1", undefined, "DaemonSet")],
    "a service without pods": [usual, service],
    "a host outside": [rule({ host: "www.example.com", trafficPolicy: { outlierDetection: {} } }), service, pods("v1")],
    "enough pods of a subset": [ofSubset({ maxEjectionPercent: 50 }), service, pods("v1", 2)],
  },
  refuses: {
    "a single pod by the default": [[usual, service, pods("v1")], `0 ${here}`],
    "nine pods by the default": [[usual, service, pods("v1", 4), pods("v2", 5)], `0 ${here}`],
    "nine pods by 0, which is the default": [
      [detection({ maxEjectionPercent: 0 }), service, pods("v1", 9)],
      `0 ${here}`,
    ],
    "a third of two pods": [[detection({ maxEjectionPercent: 33 }), service, pods("v1", 2)], `0 ${here}`],
    "too few at the most": [[usual, service, pods("v1", 1), scaler(9)], `0 ${here}`],
    "a policy of a port": [
      [rule({ trafficPolicy: { portLevelSettings: [{ outlierDetection: {} }] } }), service, pods("v1")],
      "0 spec.trafficPolicy.portLevelSettings[0].outlierDetection.maxEjectionPercent",
    ],
    "too few pods of a subset, beside others": [
      [ofSubset({ maxEjectionPercent: 50 }), service, pods("v1", 1), pods("v2", 9)],
      "0 spec.subsets[0].trafficPolicy.outlierDetection.maxEjectionPercent",
    ],
  },
});
