import { describe, expect, it } from "vitest";
import { gatewayValues, type GatewayArgs } from "../../../components/istio/gatewayValues.ts";
import { clientIpModes } from "../../../components/istio/networkLoadBalancer.ts";
import { mergeValues, type Values } from "../../../components/istio/values.ts";

/** For how long a Network Load Balancer was seen to open connections to a pod that had left it, in seconds. */
const SEEN = 180;

const ingress = { name: "istio-ingressgateway", type: "LoadBalancer", inbound: true } as const;
const egress = { name: "istio-egressgateway", type: "ClusterIP", inbound: false } as const;

const behindNlb: [string, GatewayArgs][] = (["demo", "production"] as const).flatMap((profile) =>
  clientIpModes.map((clientIp): [string, GatewayArgs] => [
    `${profile}, nlb, ${clientIp}`,
    { ...ingress, profile, nlb: { clientIp } },
  ]),
);
const others: [string, GatewayArgs][] = (["demo", "production"] as const).flatMap((profile) => [
  [`${profile}, ingress`, { ...ingress, profile }],
  [`${profile}, ingress by ports of nodes`, { ...ingress, profile, type: "NodePort" }],
  [`${profile}, egress`, { ...egress, profile }],
]);

/** What holds for the gateway's pods, in seconds: its values over the defaults of Istio and of Kubernetes. */
function clocksOf(values: Values) {
  const { podAnnotations, terminationGracePeriodSeconds } = values as {
    podAnnotations?: Record<string, string>;
    terminationGracePeriodSeconds?: number;
  };
  const config = JSON.parse(podAnnotations?.["proxy.istio.io/config"] ?? "{}") as Record<string, string>;
  const seconds = (duration: string) => {
    expect(duration).toMatch(/^\d+s$/);
    return parseInt(duration, 10);
  };
  return {
    listens: seconds(config.drainDuration ?? "45s"),
    lives: seconds(config.terminationDrainDuration ?? "5s"),
    grace: terminationGracePeriodSeconds ?? 30,
  };
}

describe("a gateway's pod that is told to go", () => {
  it.each([...behindNlb, ...others])("listens to its end, and is not killed before it: %s", (_of, args) => {
    const { listens, lives, grace } = clocksOf(gatewayValues(args));
    expect(listens).toBeGreaterThanOrEqual(lives);
    expect(grace).toBeGreaterThan(lives);
  });

  it.each(behindNlb)("outlasts a load balancer that goes on sending: %s", (_of, args) => {
    const values = gatewayValues(args);
    const { lives } = clocksOf(values);
    const { annotations } = values.service as { annotations: Record<string, string> };
    const attributes = annotations["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"] ?? "";
    const delay = Number(/deregistration_delay\.timeout_seconds=(\d+)/.exec(attributes)?.[1]);
    expect(delay).toBeGreaterThan(SEEN);
    expect(lives).toBeGreaterThan(delay);
  });

  it.each(others.filter(([, { profile }]) => profile === "production"))(
    "lets requests end that run for half a minute: %s",
    (_of, args) => {
      expect(clocksOf(gatewayValues(args)).lives).toBeGreaterThanOrEqual(30);
    },
  );

  it("goes earlier where the stack's own values say so", () => {
    const own = { terminationGracePeriodSeconds: 20, podAnnotations: { "proxy.istio.io/config": "{}" } };
    const values = mergeValues(gatewayValues({ ...ingress, profile: "production", nlb: {} }), own);
    expect(clocksOf(values)).toEqual({ listens: 45, lives: 5, grace: 20 });
  });
});
