import { oneVirtualServicePerHost } from "../../../../policies/rules/virtual-service/one-virtual-service-per-host.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const service = (spec: object = {}, namespace: unknown = "bookinfo"): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace },
  spec: { hosts: ["reviews"], ...spec },
});

const outside = (gateway: string, hosts = ["shop.example.com"], namespace = "bookinfo") =>
  service({ hosts, gateways: [gateway] }, namespace);

const both = ["0 spec.hosts[0]", "1 spec.hosts[0]"];

describeRule(oneVirtualServicePerHost, {
  open: false,
  accepts: {
    "one alone": [service()],
    "another host": [service(), service({ hosts: ["ratings"] })],
    "the same short name in another namespace": [service(), service({}, "shop")],
    "the same host, once for sidecars and once at a gateway": [outside("mesh"), outside("entry")],
    "the same host at another gateway": [outside("entry"), outside("other")],
    "the same host at a gateway of the same name elsewhere": [outside("entry"), outside("entry", undefined, "shop")],
    "namespaces that do not see each other's": [
      service({ hosts: ["a.example"], exportTo: ["."] }),
      service({ hosts: ["a.example"], exportTo: ["."] }, "shop"),
    ],
    "the same host twice in one": [service({ hosts: ["reviews", "reviews"] })],
    "the same host at the same gateway, which merges the routes": [outside("entry"), outside("entry")],
    "a host and its domain for all": [service({ hosts: ["*.example"] }), service({ hosts: ["a.example"] })],
    "delegates, which have no host": [service({ hosts: undefined }), service({ hosts: [] })],
  },
  refuses: {
    "the same host for sidecars": [[service(), service()], ...both],
    "once short, once in full": [
      [service(), service({ hosts: ["reviews.bookinfo.svc.cluster.local"] }, "shop")],
      ...both,
    ],
    "once by default, once by name": [[service(), service({ gateways: ["mesh"] })], ...both],
    "no gateways, which is the default too": [[service(), service({ gateways: [] })], ...both],
    "one of several hosts": [
      [service(), service({ hosts: ["ratings", "reviews"] })],
      "0 spec.hosts[0]",
      "1 spec.hosts[1]",
    ],
    "three of them": [[service(), service(), service()], ...both, "2 spec.hosts[0]"],
    "one that only its namespace sees, and one that all see": [[service({ exportTo: ["."] }), service()], ...both],
    "a host for its namespace, and its domain for all": [
      [service({ hosts: ["a.example"], exportTo: ["."] }), service({ hosts: ["*.example"] })],
      ...both,
    ],
    "a domain for its namespace, and a host of it for all": [
      [service({ hosts: ["*.example"], exportTo: ["."] }), service({ hosts: ["a.example"] })],
      ...both,
    ],
    "for one namespace from two": [
      [
        service({ hosts: ["a.example"], exportTo: ["."] }),
        service({ hosts: ["a.example"], exportTo: ["bookinfo"] }, "shop"),
      ],
      ...both,
    ],
    "at several gateways, said once": [
      [service({ gateways: ["mesh", "entry"] }), service({ gateways: ["entry", "mesh"] })],
      ...both,
    ],
  },
  waits: {
    "its spec": [[service(), { ...service(), spec: unknown.object }], "1 spec"],
    "its hosts": [[service(), service({ hosts: unknown.list })], "1 spec.hosts"],
    "a host": [[service(), service({ hosts: [unknown.text] })], "1 spec.hosts[0]"],
    "its namespace": [[service(), service({}, unknown.text)], "1 metadata.namespace"],
    "its gateways": [[service(), service({ gateways: unknown.list })], "1 spec.gateways"],
    "a gateway": [[service(), service({ gateways: [unknown.text] })], "1 spec.gateways[0]"],
    "who sees it": [[service(), service({ exportTo: unknown.list })], "1 spec.exportTo"],
  },
});
