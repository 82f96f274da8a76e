import { expect, it } from "vitest";
import { destinationsOf, routesOf } from "../../istio/virtualService.ts";

it("the routes of a VirtualService are of every protocol, with their destinations", () => {
  const to = (host: string) => ({ route: [{ destination: { host } }] });
  const redirect = { redirect: { uri: "/" } };
  const mirrored = { ...to("b"), mirrors: [{ destination: { host: "copy" } }] };
  const tls = { match: [{ sniHosts: ["c"] }], ...to("c") };
  const spec = { http: [redirect, mirrored], tcp: [to("d")], tls: [tls] };
  expect(routesOf(spec)).toEqual([redirect, mirrored, tls, to("d")]);
  expect(destinationsOf(spec).map(({ host }) => host)).toEqual(["b", "c", "d"]);
  expect(routesOf({ hosts: ["a"] })).toEqual([]);
});
