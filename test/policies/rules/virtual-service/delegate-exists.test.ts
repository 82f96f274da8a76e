import { delegateExists } from "../../../../policies/rules/virtual-service/delegate-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const to = (delegate: object) =>
  anObject("VirtualService", "root", {
    hosts: ["www.shop.example"],
    gateways: ["entry"],
    http: [{ match: [{ uri: { prefix: "/reviews" } }], delegate }, { route: [{ destination: { host: "web" } }] }],
  });
const reviews = (rest: object = {}, namespace?: string) =>
  anObject(
    "VirtualService",
    "reviews",
    { http: [{ route: [{ destination: { host: "reviews" } }] }], ...rest },
    namespace,
  );
const here = "0 spec.http[0].delegate.name";

describeRule(delegateExists, {
  open: false,
  accepts: {
    "one in the same namespace": [to({ name: "reviews" }), reviews()],
    "one in another namespace": [to({ name: "reviews", namespace: "team" }), reviews({}, "team")],
    "one that is exported to the root's namespace": [
      to({ name: "reviews", namespace: "team" }),
      reviews({ exportTo: ["shop"] }, "team"),
    ],
    "one for its own namespace, which is the root's": [to({ name: "reviews" }), reviews({ exportTo: ["."] })],
  },
  refuses: {
    "a name that none has": [[to({ name: "reviwes" }), reviews()], here],
    "a name of another namespace": [[to({ name: "reviews" }), reviews({}, "team")], here],
    "a VirtualService with hosts": [[to({ name: "reviews" }), reviews({ hosts: ["reviews"] })], here],
    "one that the root's namespace does not see": [
      [to({ name: "reviews", namespace: "team" }), reviews({ exportTo: ["."] }, "team")],
      here,
    ],
  },
});
