import { httpRouteActions } from "../../../../policies/rules/virtual-service/http-route-actions.ts";
import { testRule } from "../../testRule.ts";
import { delegate, virtualService } from "../../valid.ts";

const routed = "spec.http[0]";
const redirected = "spec.http[1]";
const mirrored = "spec.http[2]";
const answered = "spec.http[3]";
const delegated = "spec.http[4]";

testRule(
  httpRouteActions,
  [
    virtualService,
    [
      ["nothing to do", { [`${mirrored}.route`]: [] }, [mirrored]],
      [
        "a route and a redirect",
        { [`${routed}.redirect`]: { uri: "/" } },
        ["route", "fault", "rewrite"].map((name) => `${routed}.${name}`),
      ],
      ["an answer and a redirect", { [`${redirected}.directResponse`]: { status: 200 } }],
      ["an answer and a rewrite", { [`${answered}.rewrite`]: { uri: "/" } }],
      ["an answer and a fault", { [`${answered}.fault`]: {} }],
      ["a mirror and mirrors", { [`${routed}.mirror`]: { host: "a" } }, [`${routed}.mirrors`]],
      ["a delegate and a route", { [`${delegated}.route`]: [{}] }],
      ["a delegate and a redirect", { [`${delegated}.redirect`]: {} }],
    ],
  ],
  [delegate, [["a delegate of a delegate", { "spec.http[0].delegate": { name: "a" } }]]],
);
