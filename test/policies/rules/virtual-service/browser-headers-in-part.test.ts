import { browserHeadersInPart } from "../../../../policies/rules/virtual-service/browser-headers-in-part.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const matching = (...match: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { hosts: ["reviews"], http: [{ match, route: [{ destination: { host: "reviews" } }] }] },
});
const cookie = (comparison: unknown) => matching({ headers: { cookie: comparison } });
const agent = (comparison: unknown) => matching({ headers: { "user-agent": comparison } });
const place = "spec.http[0].match[0].headers";

describeRule(browserHeadersInPart, {
  accepts: {
    "a cookie among others": [cookie({ regex: "^(.*?;)?(user=jason)(;.*)?$" })],
    "a cookie anywhere": [cookie({ regex: ".*user=jason.*" })],
    "the first cookie": [cookie({ prefix: "user=jason" })],
    "any cookie": [cookie({})],
    "a browser by name": [agent({ regex: ".*Firefox/.*" })],
    "a browser by all that it says": [agent({ exact: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0" })],
    "a tool by the beginning": [agent({ prefix: "curl/" })],
    "other headers as a whole": [matching({ headers: { "end-user": { exact: "jason" } }, uri: { prefix: "/" } })],
    "an expression that is none": [cookie({ regex: "(user" })],
  },
  refuses: {
    "a cookie as a whole": [[cookie({ exact: "user=jason" })], `${place}.cookie.exact`],
    "an expression for one cookie": [[cookie({ regex: "user=(jason|anna)" })], `${place}.cookie.regex`],
    "a browser's name alone": [[agent({ exact: "Firefox-Browser" })], `${place}["user-agent"].exact`],
    "a browser's name at the beginning": [[agent({ prefix: "Chrome-Browser" })], `${place}["user-agent"].prefix`],
    "an expression for a browser's name": [[agent({ regex: "(?i)firefox|chrome" })], `${place}["user-agent"].regex`],
    "a cookie that must not be": [
      [matching({ uri: { prefix: "/" } }, { withoutHeaders: { cookie: { exact: "user=jason" } } })],
      "spec.http[0].match[1].withoutHeaders.cookie.exact",
    ],
  },
  waits: { "a computed comparison": [[cookie({ exact: unknown.text })], `${place}.cookie.exact`] },
});
