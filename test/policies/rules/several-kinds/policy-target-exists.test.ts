import { policyTargetExists } from "../../../../policies/rules/several-kinds/policy-target-exists.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";
import { authorizationPolicy, k8sGateway, service, serviceEntry, telemetry, wasmPlugin } from "../../kialiObjects.ts";

const GATEWAY_API = "gateway.networking.k8s.io";
const toGateway = (name: string) => ({ targetRefs: [{ group: GATEWAY_API, kind: "Gateway", name }] });
const toService = (name: string) => ({ targetRefs: [{ kind: "Service", group: "", name }] });
const waypoints = { targetRefs: [{ group: GATEWAY_API, kind: "GatewayClass", name: "istio-waypoint" }] };

const backendTls = (targetRef: object): Manifest => ({
  apiVersion: `${GATEWAY_API}/v1`,
  kind: "BackendTLSPolicy",
  metadata: { name: "reviews", namespace: "shop" },
  spec: { targetRefs: [targetRef], validation: { hostname: "reviews.example.com", wellKnownCACertificates: "System" } },
});
const reviews = service({ ports: [{ name: "https", port: 443 }] });

describeRule(policyTargetExists, {
  open: false,
  accepts: {
    "a Gateway that is there": [authorizationPolicy(toGateway("reviews")), k8sGateway()],
    "a Service that is there": [telemetry(toService("reviews")), service()],
    "a Service of the core group": [
      telemetry({ targetRef: { kind: "Service", group: "core", name: "reviews" } }),
      service(),
    ],
    "a ServiceEntry that is there": [
      authorizationPolicy({ targetRefs: [{ group: "networking.istio.io", kind: "ServiceEntry", name: "reviews" }] }),
      serviceEntry({ hosts: ["example.com"] }),
    ],
    "all waypoints, in the root namespace": [authorizationPolicy(waypoints, { namespace: "istio-system" })],
    "a policy with a selector": [authorizationPolicy({ selector: { matchLabels: { app: "a" } } })],
    "a target of a kind that another rule refuses": [
      authorizationPolicy({ targetRefs: [{ kind: "Deployment", group: "apps", name: "a" }] }),
    ],
    "a port of a Service": [backendTls({ group: "", kind: "Service", name: "reviews", sectionName: "https" }), reviews],
  },
  refuses: {
    "a Gateway that is not there": [
      [authorizationPolicy(toGateway("edge")), k8sGateway()],
      "0 spec.targetRefs[0].name",
    ],
    "a Gateway of another namespace": [
      [wasmPlugin(toGateway("reviews")), k8sGateway({}, { namespace: "edge" })],
      "0 spec.targetRefs[0].name",
    ],
    "a Service that is not there, as the only target": [
      [telemetry({ targetRef: { kind: "Service", name: "ratings" } }), service()],
      "0 spec.targetRef.name",
    ],
    "a ServiceEntry by its host": [
      [
        authorizationPolicy({
          targetRefs: [{ group: "networking.istio.io", kind: "ServiceEntry", name: "example.com" }],
        }),
        serviceEntry({ hosts: ["example.com"] }),
      ],
      "0 spec.targetRefs[0].name",
    ],
    "all waypoints, from another namespace": [[authorizationPolicy(waypoints)], "0 spec.targetRefs[0].name"],
    "a class that no policy is attached to": [
      [
        authorizationPolicy(
          { targetRefs: [{ group: GATEWAY_API, kind: "GatewayClass", name: "istio" }] },
          { namespace: "istio-system" },
        ),
      ],
      "0 spec.targetRefs[0].name",
    ],
    "TLS to a Service that is not there": [
      [backendTls({ group: "", kind: "Service", name: "ratings" }), reviews],
      "0 spec.targetRefs[0].name",
    ],
    "TLS to a Gateway": [
      [backendTls({ group: GATEWAY_API, kind: "Gateway", name: "reviews" }), k8sGateway()],
      "0 spec.targetRefs[0].kind",
    ],
    "TLS to a port that the Service does not have": [
      [backendTls({ group: "", kind: "Service", name: "reviews", sectionName: "web" }), reviews],
      "0 spec.targetRefs[0].sectionName",
    ],
  },
});
