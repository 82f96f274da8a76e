import { httpRedirects } from "../../../../policies/rules/virtual-service/http-redirects.ts";
import { testRule } from "../../testRule.ts";
import { virtualService } from "../../valid.ts";

const redirected = "spec.http[1]";

testRule(httpRedirects, [
  virtualService,
  [
    ["nowhere", { [redirected]: { redirect: { redirectCode: 302 } } }, [`${redirected}.redirect`]],
    ["two ways", { [`${redirected}.redirect.uri`]: "/" }, [`${redirected}.redirect.prefixRewrite`]],
    [
      "a prefix of no prefix",
      { [`${redirected}.match[0].uri`]: { exact: "/old" } },
      [`${redirected}.redirect.prefixRewrite`],
    ],
    ["a status of no redirect", { [`${redirected}.redirect.redirectCode`]: 200 }],
    ["an unknown scheme", { [`${redirected}.redirect.scheme`]: "ftp" }],
    ["a port that can not be", { [`${redirected}.redirect.port`]: 65536 }],
  ],
]);
