import { delegateMatchInRoot } from "../../../../policies/rules/virtual-service/delegate-match-in-root.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const root = (...match: readonly object[]) =>
  anObject("VirtualService", "root", {
    hosts: ["www.shop.example"],
    gateways: ["entry"],
    http: [{ ...(match.length > 0 && { match }), delegate: { name: "reviews" } }],
  });
const reviews = (...match: readonly object[]) =>
  anObject("VirtualService", "reviews", {
    http: [{ ...(match.length > 0 && { match }), route: [{ destination: { host: "reviews" } }] }],
  });
const prefix = (path: string) => ({ uri: { prefix: path } });
const here = "1 spec.http[0].match[0]";

describeRule(delegateMatchInRoot, {
  open: false,
  accepts: {
    "a longer prefix": [root(prefix("/reviews")), reviews(prefix("/reviews/v2"))],
    "an exact path below the prefix": [root(prefix("/reviews")), reviews({ uri: { exact: "/reviews/1" } })],
    "no match in the delegate": [root(prefix("/reviews")), reviews()],
    "no match in the root": [root(), reviews(prefix("/other"))],
    "another field": [root(prefix("/reviews")), reviews({ method: { exact: "GET" } })],
    "a part of one of two matches": [root(prefix("/a"), prefix("/b")), reviews(prefix("/b/c"))],
    "a header that the root leaves open": [
      root({ ...prefix("/reviews"), headers: { "x-user": { exact: "jason" } } }),
      reviews({ headers: { "x-team": { exact: "a" } } }),
    ],
    "the same gateway": [root({ gateways: ["entry"] }), reviews({ gateways: ["shop/entry"] })],
    "a regular expression for a field that the root leaves open": [
      root({ method: { exact: "GET" } }),
      reviews({ uri: { regex: "/a.*" } }),
    ],
  },
  refuses: {
    "another prefix": [[root(prefix("/reviews")), reviews(prefix("/v2"))], here],
    "a shorter prefix": [[root(prefix("/reviews/v2")), reviews(prefix("/reviews"))], here],
    "a prefix below an exact path": [[root({ uri: { exact: "/a" } }), reviews(prefix("/a"))], here],
    "another exact path": [[root({ uri: { exact: "/a" } }), reviews({ uri: { exact: "/b" } })], here],
    "a regular expression in both": [[root({ uri: { regex: "/a.*" } }), reviews({ uri: { regex: "/a/b" } })], here],
    "a regular expression in the root": [[root({ uri: { regex: "/a.*" } }), reviews(prefix("/a"))], here],
    "another value of a header": [
      [root({ headers: { "x-user": { exact: "a" } } }), reviews({ headers: { "x-user": { exact: "b" } } })],
      here,
    ],
    "another port": [[root({ port: 80 }), reviews({ port: 443 })], here],
    "another gateway": [[root({ gateways: ["entry"] }), reviews({ gateways: ["other"] })], here],
    "paths without regard to case in one of them": [
      [root({ ...prefix("/a"), ignoreUriCase: true }), reviews(prefix("/a/b"))],
      here,
    ],
    "other labels of the client": [
      [root({ sourceLabels: { app: "a" } }), reviews({ sourceLabels: { app: "b" } })],
      here,
    ],
    "a namespace that the delegate leaves open": [[root({ sourceNamespace: "shop" }), reviews(prefix("/a"))], here],
  },
});
