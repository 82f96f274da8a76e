import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { ServiceRouting, type ServiceRoutingArgs } from "../../../components/traffic/serviceRouting.ts";
import { routing, weightManagers, type RoutingArgs } from "../../../components/traffic/routing/routing.ts";
import { record, the, type RecordOptions } from "../../recorder.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";
import { KNOWN } from "./declared.ts";
import { pathsOf } from "./problems.ts";

type Rules = Omit<ServiceRoutingArgs<"v1" | "v2">, "namespace" | "mesh">;
const rules: Rules = { subsets: { v1: {}, v2: {} }, routes: [{ to: { v1: 90, v2: 10 } }] };

/** What a routing of reviews declares, and what it tells Pulumi to leave alone. */
async function declared(args: Rules, options: RecordOptions = {}) {
  const ignored: Record<string, unknown> = {};
  const resources = await record(
    () => {
      const transformations: pulumi.ResourceTransformation[] = [
        ({ name, opts }) => {
          ignored[name] = (opts as pulumi.CustomResourceOptions).ignoreChanges;
          return undefined;
        },
      ];
      const namespace = new MeshNamespace("bookinfo");
      new ServiceRouting("reviews", { ...args, namespace, mesh: mesh() }, { transformations });
    },
    KNOWN,
    options,
  );
  return { resources, ignored };
}

const VERSIONS = "kubernetes:networking.istio.io/v1:DestinationRule";
const ROUTES = "kubernetes:networking.istio.io/v1:VirtualService";
const NAMESPACE = "kubernetes:core/v1:Namespace bookinfo";

describe("ServiceRouting", () => {
  it.each([true, false])("is the versions of a host, then the routes to them (preview: %s)", async (preview) => {
    const { resources } = await declared(rules, { preview });
    const versions = the(resources, VERSIONS, "reviews-versions");
    const routes = the(resources, ROUTES, "reviews-routes");

    const annotations = { "pulumi.com/patchForce": "true" };
    expect(versions.inputs).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "reviews-versions", namespace: "bookinfo", annotations },
      spec: {
        host: "reviews",
        subsets: [
          { name: "v1", labels: { version: "v1" } },
          { name: "v2", labels: { version: "v2" } },
        ],
      },
    });
    expect(routes.inputs).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "reviews-routes", namespace: "bookinfo", annotations },
      spec: {
        hosts: ["reviews"],
        http: [
          {
            route: [
              { destination: { host: "reviews", subset: "v1" }, weight: 90 },
              { destination: { host: "reviews", subset: "v2" }, weight: 10 },
            ],
          },
        ],
      },
    });
    expect([...versions.dependsOn].sort()).toEqual([NAMESPACE, CONTROL_PLANE]);
    expect([...routes.dependsOn].sort()).toEqual([NAMESPACE, `${VERSIONS} reviews-versions`, CONTROL_PLANE]);
  });

  it("has no object that says nothing", async () => {
    const kinds = async (args: Rules) =>
      (await declared(args)).resources.flatMap(({ type }) => /istio\.io\/v1:(.*)$/.exec(type)?.[1] ?? []);
    expect(await kinds({ routes: [{ timeout: "1s" }] })).toEqual(["VirtualService"]);
    expect(await kinds({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } } })).toEqual(["DestinationRule"]);
  });

  it("takes back what others change", async () => {
    const { ignored } = await declared(rules);
    expect(ignored).toMatchObject({ "reviews-routes": undefined, "reviews-versions": undefined });
  });

  it.each(weightManagers)("leaves the routes to %s", async (weightsManagedBy) => {
    const { resources, ignored } = await declared({ ...rules, weightsManagedBy });
    expect(ignored["reviews-routes"]).toEqual(["spec.http", "spec.tcp", "spec.tls"]);
    expect(the(resources, ROUTES, "reviews-routes").inputs.metadata).not.toHaveProperty("annotations");
  });

  it("leaves the subsets, whose labels Argo Rollouts writes, to it alone", async () => {
    const argo = await declared({ ...rules, weightsManagedBy: "argo-rollouts" });
    expect(argo.ignored["reviews-versions"]).toEqual(["spec.subsets"]);
    expect(the(argo.resources, VERSIONS, "reviews-versions").inputs.metadata).not.toHaveProperty("annotations");

    const manual = await declared({ ...rules, weightsManagedBy: "manual" });
    expect(manual.ignored["reviews-versions"]).toBeUndefined();
    expect(the(manual.resources, VERSIONS, "reviews-versions").inputs.metadata).toHaveProperty("annotations");
  });

  it("names every wrong argument by its path, and creates nothing", async () => {
    let thrown: unknown;
    const resources = await record(() => {
      const namespace = new MeshNamespace("bookinfo");
      try {
        const place = { namespace, mesh: mesh() };
        // @ts-expect-error v3 is no subset here
        new ServiceRouting("reviews", { ...place, ...rules, routes: [{ to: { v3: 99 }, timeout: "5" }] });
      } catch (error) {
        thrown = error;
      }
    }, KNOWN);
    expect(thrown).toBeInstanceOf(pulumi.InputPropertiesError);
    const { message, errors } = thrown as pulumi.InputPropertiesError;
    expect(message).toContain("the routing of reviews cannot work");
    expect(errors.map(({ propertyPath }) => propertyPath).sort()).toEqual([
      "routes[0].timeout",
      "routes[0].to",
      "routes[0].to.v3",
    ]);
    expect(resources.filter(({ type }) => type.includes("istio.io"))).toEqual([]);
  });

  it("does not compile with a subset that is not there, wherever it is named", () => {
    const args = <Subset extends string>(routing: RoutingArgs<Subset>): RoutingArgs<Subset> => routing;
    const subsets = { v1: {}, v2: {} };
    const compiled = [
      // @ts-expect-error v3 is no subset here
      args({ subsets, routes: [{ to: { v1: 50, v3: 50 } }] }),
      // @ts-expect-error v3 is no subset here
      args({ subsets, routes: [{ to: [{ subset: "v3" }] }] }),
      // @ts-expect-error v3 is no subset here
      args({ subsets, routes: [{ mirrors: [{ subset: "v3" }] }] }),
      // @ts-expect-error v3 is no subset here
      args({ subsets, tcpRoutes: [{ to: { v3: 100 } }] }),
      // @ts-expect-error v3 is no subset here
      args({ subsets, tlsRoutes: [{ match: [{ sniHosts: ["reviews"] }], to: { v3: 100 } }] }),
    ];
    // Nor is it taken at run time, where nobody compiles: a stack file.
    for (const each of compiled) expect(pathsOf(routing, each)).toEqual([expect.stringMatching(/v3|subset/)]);
    const other = args({ subsets, routes: [{ to: [{ host: "other", subset: "v3" }] }] });
    expect(pathsOf(routing, other)).toEqual([]);
  });
});
