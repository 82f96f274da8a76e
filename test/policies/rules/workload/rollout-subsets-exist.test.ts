import { rolloutSubsetsExist } from "../../../../policies/rules/workload/rollout-subsets-exist.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const rollout = (istio: object, rest: object = {}) => ({
  ...anObject("Rollout", "web", { strategy: { canary: { ...rest, trafficRouting: { istio } } } }),
  apiVersion: "argoproj.io/v1alpha1",
});
const virtualService = { name: "web", routes: ["primary"] };
const destinationRule = { name: "web", canarySubsetName: "canary", stableSubsetName: "stable" };
const bySubset = rollout({ virtualService, destinationRule });
const services = { stableService: "web-stable", canaryService: "web-canary" };
const routed = (destinations: readonly object[], rest: object = { name: "primary" }) =>
  anObject("VirtualService", "web", {
    hosts: ["web"],
    http: [{ ...rest, route: destinations.map((destination) => ({ destination })) }],
  });
const both = routed([
  { host: "web", subset: "stable" },
  { host: "web", subset: "canary" },
]);
const toServices = routed([{ host: "web-stable" }, { host: "web-canary.shop.svc.cluster.local" }]);
const rule = (...names: readonly string[]) =>
  anObject("DestinationRule", "web", { host: "web", subsets: names.map((name) => ({ name })) });
const subsets = rule("stable", "canary");
const istio = "0 spec.strategy.canary.trafficRouting.istio";

describeRule(rolloutSubsetsExist, {
  open: false,
  accepts: {
    "both subsets": [bySubset, both, subsets],
    "both Services": [rollout({ virtualService }, services), toServices],
    "the only route": [rollout({ virtualService: { name: "web" }, destinationRule }), both, subsets],
    "several VirtualServices": [rollout({ virtualServices: [virtualService], destinationRule }), both, subsets],
    "another namespace": [
      rollout({ virtualService: { name: "web.shop", routes: ["primary"] }, destinationRule }),
      both,
      subsets,
    ],
    "tls routes, of which there is nothing to say": [
      rollout({ virtualService: { ...virtualService, tlsRoutes: [{ port: 443 }] } }, services),
      anObject("VirtualService", "web", {
        hosts: ["web"],
        tls: [{ route: [{ destination: { host: "web-stable" } }] }],
      }),
    ],
    "two Services that take turns": [
      rollout({ virtualService }, { pingPong: { pingService: "web-stable", pongService: "web-canary" } }),
      toServices,
    ],
    "two Services that take turns beside others": [
      rollout({ virtualService }, { ...services, pingPong: { pingService: "ping", pongService: "pong" } }),
      toServices,
    ],
    "a route that Argo adds beside the only one": [
      {
        ...anObject("Rollout", "web", {
          strategy: {
            canary: {
              ...services,
              trafficRouting: { managedRoutes: [{ name: "header" }], istio: { virtualService: { name: "web" } } },
            },
          },
        }),
        apiVersion: "argoproj.io/v1alpha1",
      },
      anObject("VirtualService", "web", {
        http: [
          { name: "header" },
          {
            name: "primary",
            route: [{ destination: { host: "web-stable" } }, { destination: { host: "web-canary" } }],
          },
        ],
      }),
    ],
    "a Rollout without routes": [anObject("DestinationRule", "web", { host: "web" })],
  },
  refuses: {
    "no VirtualService": [[bySubset, subsets], `${istio}.virtualService.name`],
    "no DestinationRule": [[bySubset, both], `${istio}.destinationRule.name`],
    "a DestinationRule without one of the subsets": [
      [bySubset, both, rule("stable")],
      `${istio}.destinationRule.canarySubsetName`,
    ],
    "a route that leads to one of the subsets": [
      [bySubset, routed([{ host: "web", subset: "stable" }]), subsets],
      `${istio}.virtualService.routes[0]`,
    ],
    "a name that no route has": [
      [rollout({ virtualService: { name: "web", routes: ["other"] }, destinationRule }), both, subsets],
      `${istio}.virtualService.routes[0]`,
    ],
    "a route that leads to one of the Services": [
      [rollout({ virtualService }, services), routed([{ host: "web-stable" }])],
      `${istio}.virtualService.routes[0]`,
    ],
    "several routes, of which none is named": [
      [
        rollout({ virtualService: { name: "web" }, destinationRule }),
        anObject("VirtualService", "web", { http: [{ name: "a" }, { name: "b" }] }),
        subsets,
      ],
      `${istio}.virtualService.routes`,
    ],
  },
});
