import { gatewayIsAllowed } from "../../../../policies/rules/authorization-policy/gateway-is-allowed.ts";
import { describeRule } from "../../describeRule.ts";
import {
  aGateway,
  aNamespace,
  anObject,
  aService,
  having,
  INGRESS,
  pods,
  routing,
  serving,
} from "../../istioctlObjects.ts";

const selector = { matchLabels: { app: "cart" } };
const from = (source: object) => [{ from: [{ source }] }];
const allowing = (rules: readonly object[], rest: object = { selector }, namespace?: string) =>
  anObject("AuthorizationPolicy", "cart", { ...rest, rules }, namespace);
const others = from({ principals: ["cluster.local/ns/shop/sa/web"] });
const entry = pods(INGRESS, "edge", { serviceAccountName: "entry" });
const service = aService("cart", [{ port: 80, targetPort: 8080 }], {
  selector: { app: "cart" },
});
const routes = routing("shop.example.com", {
  gateways: ["public"],
  http: [{ route: [{ destination: { host: "cart" } }] }],
});
const mesh = [
  aGateway("public", [serving(["shop.example.com"])]),
  entry,
  routes,
  service,
  pods({ app: "cart" }),
  aNamespace("shop", { "istio-injection": "enabled" }),
];
const without = (...left: readonly object[]) => mesh.filter((object) => !left.includes(object));
const here = "0 spec.rules";

describeRule(gatewayIsAllowed, {
  open: false,
  accepts: {
    "the service account of the gateway": [allowing(from({ principals: ["cluster.local/ns/edge/sa/entry"] })), ...mesh],
    "its account in another trust domain": [allowing(from({ principals: ["old.example/ns/edge/sa/entry"] })), ...mesh],
    "the beginning of its principal": [allowing(from({ principals: ["cluster.local/ns/edge/*"] })), ...mesh],
    "the end of its principal": [allowing(from({ principals: ["*/sa/entry"] })), ...mesh],
    "any principal": [allowing(from({ principals: ["*"] })), ...mesh],
    "its account, without a trust domain": [allowing(from({ serviceAccounts: ["edge/entry"] })), ...mesh],
    "its namespace": [allowing(from({ namespaces: ["ed*"] })), ...mesh],
    "its principal as a condition": [
      allowing([
        {
          when: [
            {
              key: "source.principal",
              values: ["cluster.local/ns/edge/sa/entry"],
            },
          ],
        },
      ]),
      ...mesh,
    ],
    "any client": [allowing([{ to: [{ operation: { methods: ["GET"] } }] }]), ...mesh],
    "addresses, which may be its own": [allowing(from({ ipBlocks: ["10.0.0.0/8"] })), ...mesh],
    "another policy that allows it": [allowing(others), allowing(from({ namespaces: ["edge"] }), {}), ...mesh],
    "a policy of the mesh that allows it": [
      allowing(others),
      allowing(from({ namespaces: ["edge"] }), {}, "istio-system"),
      ...mesh,
    ],
    "a policy for other pods": [allowing(others, { selector: { matchLabels: { app: "pay" } } }), ...mesh],
    "a policy for a waypoint": [allowing(others, { targetRefs: [{ kind: "Service", name: "cart" }] }), ...mesh],
    "a policy that denies": [allowing(others, { selector, action: "DENY" }), ...mesh],
    "a policy in dry run": [having(allowing(others), { annotations: { "istio.io/dry-run": "true" } }), ...mesh],
    "a policy that allows nobody": [allowing([]), ...mesh],
    "no gateway in front": [allowing(others), ...without(routes)],
    "gateways of which nothing is known": [allowing(others), ...without(entry)],
    "a Service of which nothing is known": [allowing(others), ...without(service)],
    "a route for sidecars only": [
      allowing(others),
      ...without(routes),
      routing("shop.example.com", {
        gateways: ["public", "mesh"],
        http: [
          {
            match: [{ gateways: ["mesh"] }],
            route: [{ destination: { host: "cart" } }],
          },
        ],
      }),
    ],
    "pods outside of the mesh": [allowing(others), ...mesh.slice(0, -1), aNamespace("shop")],
    "other pods of the Service, which are allowed": [
      allowing(others, { selector: { matchLabels: { version: "v1" } } }),
      ...mesh,
      pods({ app: "cart", version: "v1" }),
    ],
  },
  refuses: {
    "another service account": [[allowing(others), ...mesh], here],
    "another namespace": [[allowing(from({ namespaces: ["web"] })), ...mesh], here],
    "another account of its namespace": [[allowing(from({ serviceAccounts: ["edge/other"] })), ...mesh], here],
    "an account of the policy's namespace": [[allowing(from({ serviceAccounts: ["entry"] })), ...mesh], here],
    "a condition on others": [[allowing([{ when: [{ key: "source.namespace", values: ["shop"] }] }]), ...mesh], here],
    "a policy of the namespace": [[allowing(others, {}), ...mesh], here],
    "the default service account of a gateway": [[allowing(others), ...without(entry), pods(INGRESS, "edge")], here],
    "one in dry run that would allow it": [
      [
        allowing(others),
        having(allowing(from({ namespaces: ["edge"] })), {
          annotations: { "istio.io/dry-run": "true" },
        }),
        ...mesh,
      ],
      here,
    ],
    "a gateway of Istio's chart": [
      [
        allowing(from({ principals: ["cluster.local/ns/edge/sa/default"] })),
        ...without(entry),
        {
          type: "kubernetes:helm.sh/v3:Release",
          props: {
            name: "istio-ingressgateway",
            namespace: "edge",
            chart: "gateway",
            values: {},
          },
        },
      ],
      here,
    ],
  },
});
