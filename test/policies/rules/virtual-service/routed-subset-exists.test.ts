import { routedSubsetExists } from "../../../../policies/rules/virtual-service/routed-subset-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const destination = (host: unknown = "reviews", subset: unknown = "v1") => ({ host, subset });

const routes = (spec: object = {}, namespace: unknown = "bookinfo"): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace },
  spec: { hosts: ["reviews"], http: [{ route: [{ destination: destination() }] }], ...spec },
});

const versions = (spec: object = {}, namespace: unknown = "bookinfo"): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "reviews", namespace },
  spec: { host: "reviews", subsets: [{ name: "v1", labels: { version: "v1" } }], ...spec },
});

const here = "0 spec.http[0].route[0].destination.subset";

describeRule(routedSubsetExists, {
  open: false,
  accepts: {
    "the subset is defined": [routes(), versions()],
    "the route names no subset": [routes({ http: [{ route: [{ destination: { host: "reviews" } }] }] })],
    "the rule is of an older API version": [routes(), { ...versions(), apiVersion: "networking.istio.io/v1beta1" }],
    "a second rule of the host defines it": [routes(), versions({ subsets: [] }), versions()],
    "the rule writes the host in full": [routes(), versions({ host: "reviews.bookinfo.svc.cluster.local" }, "default")],
    "the rule covers the host by a wildcard": [routes(), versions({ host: "*.bookinfo.svc.cluster.local" })],
    "neither says its namespace": [routes({}, undefined), versions({}, undefined)],
    "the route only redirects": [routes({ http: [{ redirect: { uri: "/" } }] })],
  },
  refuses: {
    "there is no rule": [[routes()], here],
    "the subset is not defined": [[routes(), versions({ subsets: [{ name: "v2" }] })], here],
    "the rule has no subsets": [[routes(), versions({ subsets: undefined })], here],
    "the rule is of another host": [[routes(), versions({ host: "ratings" })], here],
    "the rule means the host of another namespace": [[routes(), versions({}, "default")], here],
    "a wildcard covers other hosts": [[routes(), versions({ host: "*.shop.svc.cluster.local" })], here],
    "only the second share and the second route are wrong": [
      [
        routes({
          http: [
            { route: [{ destination: destination() }, { destination: destination("reviews", "v9") }] },
            { route: [{ destination: destination("ratings") }] },
          ],
        }),
        versions(),
      ],
      "0 spec.http[0].route[1].destination.subset",
      "0 spec.http[1].route[0].destination.subset",
    ],
    "a copy of the requests goes there": [
      [
        routes({
          http: [{ mirror: destination("reviews", "v2"), mirrors: [{ destination: destination("reviews", "v3") }] }],
        }),
        versions(),
      ],
      "0 spec.http[0].mirror.subset",
      "0 spec.http[0].mirrors[0].destination.subset",
    ],
    "TCP and TLS go there": [
      [
        routes({
          http: undefined,
          tcp: [{ route: [{ destination: destination("mongo") }] }],
          tls: [{ route: [{ destination: destination("mongo") }] }],
        }),
        versions(),
      ],
      "0 spec.tcp[0].route[0].destination.subset",
      "0 spec.tls[0].route[0].destination.subset",
    ],
  },
  waits: {
    "the route's spec": [[{ ...routes(), spec: unknown.object }, versions()], "0 spec"],
    "the route's subset": [
      [routes({ http: [{ route: [{ destination: destination("reviews", unknown.text) }] }] }), versions()],
      here,
    ],
    "the route's host": [
      [routes({ http: [{ route: [{ destination: destination(unknown.text) }] }] }), versions()],
      "0 spec.http[0].route[0].destination.host",
    ],
    "the route's namespace": [[routes({}, unknown.text), versions()], "0 metadata.namespace"],
    "the rule's host": [[routes(), versions({ host: unknown.text })], "1 spec.host"],
    "the rule's namespace": [[routes(), versions({}, unknown.text)], "1 metadata.namespace"],
    "the rule's subsets": [[routes(), versions({ subsets: unknown.list })], "1 spec.subsets"],
    "a name among the rule's subsets": [
      [routes(), versions({ subsets: [{ name: unknown.text }] })],
      "1 spec.subsets[0].name",
    ],
  },
  partly: {
    "a subset of another host beside a list that is unknown": [
      [routes(), versions({ host: "ratings", subsets: unknown.list })],
      [here],
      ["1 spec.subsets"],
    ],
  },
});
