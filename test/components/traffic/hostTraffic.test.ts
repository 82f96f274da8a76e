import * as pulumi from "@pulumi/pulumi";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { HostTraffic } from "../../../components/traffic/hostTraffic.ts";
import {
  hostTrafficFields,
  type HostTrafficOptions,
  type HostTrafficSection,
  type traffic,
} from "../../../components/traffic/hostTrafficOptions.ts";
import { scenarios } from "../../../scenarios/index.ts";
import { record } from "../../recorder.ts";
import { mesh } from "../mesh.ts";
import { declared, KNOWN, names } from "./declared.ts";
import { fullHosts } from "./fixtures.ts";

const external = { ports: { http: { number: 80, protocol: "HTTP" as const } } };
const routes = [{}];

/** What is wrong with the traffic of a host, by path. */
async function refused(name: string, rules: HostTrafficOptions): Promise<(string | undefined)[]> {
  let thrown: unknown;
  await record(() => {
    const place = { namespace: new MeshNamespace("bookinfo"), mesh: mesh() };
    try {
      new HostTraffic(name, { ...rules, ...place });
    } catch (error) {
      thrown = error;
    }
  }, KNOWN);
  if (thrown === undefined) return [];
  expect(thrown).toBeInstanceOf(pulumi.InputPropertiesError);
  return (thrown as pulumi.InputPropertiesError).errors.map(({ propertyPath }) => propertyPath);
}

/** An argument's keys, and those of its parts, whether they can be left out or not. */
type Keys<Args> = Args extends readonly (infer Item)[]
  ? Keys<Item>[]
  : Args extends object
    ? { -readonly [Key in keyof Args]-?: Keys<NonNullable<Args[Key]>> }
    : unknown;

/** The arguments whose keys the types and the checks do not agree on. */
type Disagreed<Types, Checks> = {
  [Key in keyof Types & keyof Checks]-?: [Keys<NonNullable<Types[Key]>>, Keys<NonNullable<Checks[Key]>>] extends [
    Keys<NonNullable<Checks[Key]>>,
    Keys<NonNullable<Types[Key]>>,
  ]
    ? never
    : Key;
}[keyof Types & keyof Checks];

describe("the traffic of a host", () => {
  it.each(Object.entries(fullHosts))("can be all there is to say: %s", async (name, rules) => {
    expect(await refused(name, rules)).toEqual([]);
  });

  it("has the same arguments in the types and in the checks", () => {
    type Checked = { [Key in keyof typeof hostTrafficFields]: z.output<(typeof hostTrafficFields)[Key]> };
    expectTypeOf<keyof Checked>().toEqualTypeOf<keyof HostTrafficOptions>();
    type Simple = Omit<HostTrafficOptions, "external" | "routes" | "tcpRoutes" | "tlsRoutes">;
    expectTypeOf<Disagreed<Simple, Checked>>().toBeNever();
    type Route = NonNullable<HostTrafficOptions["routes"]>[number];
    type CheckedRoute = NonNullable<Checked["routes"]>[number];
    expectTypeOf<keyof CheckedRoute>().toEqualTypeOf<keyof Route>();
    expectTypeOf<Disagreed<Omit<Route, "to" | "mirrors">, CheckedRoute>>().toBeNever();
    type External = NonNullable<HostTrafficOptions["external"]>;
    expectTypeOf<keyof NonNullable<Checked["external"]>>().toEqualTypeOf<keyof External>();
    // A key less is seen.
    expectTypeOf<Disagreed<{ a: { b?: 1; c: 2 } }, { a: { b: 1 } }>>().toEqualTypeOf<"a">();
    expectTypeOf<z.output<typeof traffic>>().toEqualTypeOf<Readonly<Record<string, HostTrafficSection>>>();
    // The fixtures and the scenarios use each of them at least once.
    const used = [
      ...Object.values(fullHosts),
      ...scenarios.flatMap(({ traffic: hosts }) => Object.values(hosts ?? {})),
    ];
    expect(new Set(used.flatMap((rules) => Object.keys(rules)))).toEqual(new Set(Object.keys(hostTrafficFields)));
  });

  it.each<[why: string, name: string, rules: HostTrafficOptions, paths: string[]]>([
    ["nothing is said", "reviews", {}, [""]],
    ["only names are said", "reviews", { host: "a", exportTo: ["."] }, [""]],
    ["a host outside is opened to the outside", "a.b", { external, exposure: { hosts: ["c.d"] } }, ["exposure"]],
    ["a host outside has pods", "a.b", { external, rateLimit: { requests: 1, per: "1s" } }, ["rateLimit"]],
    ["two things route", "a.b", { external: { ...external, egressGateway: true }, routes }, ["routes"]],
    [
      "the gateway has no address",
      "*.b",
      { external: { ...external, egressGateway: true } },
      ["external.egressGateway"],
    ],
    ["a part is wrong", "reviews", { rateLimit: { requests: 0, per: "1s" } }, ["rateLimit.requests"]],
    ["a subset is not there", "reviews", { routes: [{ to: { v1: 100 } }] }, ["routes[0].to.v1"]],
  ])("is refused where %s", async (_why, name, rules, paths) => {
    expect(await refused(name, rules)).toEqual(paths);
  });

  it("is as many objects as it has parts", async () => {
    expect(names(await declared({ reviews: { subsets: { v1: {} } } }))).toEqual(["DestinationRule reviews-versions"]);
    expect(names(await declared({ "a.b": { external } }))).toEqual(["ServiceEntry a.b-external"]);
    expect(names(await declared({ "*.b": { external: { ...external, resolution: "NONE" } } }))).toEqual([
      "ServiceEntry any.b-external",
    ]);
  });
});
