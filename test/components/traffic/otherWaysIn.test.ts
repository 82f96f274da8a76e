import { describe, expect, it } from "vitest";
import { ingressAnnotations, ingressRules, ingressSpec } from "../../../components/traffic/gateway/ingressOptions.ts";
import { openShiftRouteRules, openShiftRouteSpec } from "../../../components/traffic/gateway/openShiftRouteOptions.ts";
import { hasSamples, sample } from "../../charts.ts";
import { the } from "../../recorder.ts";
import { declared } from "./declared.ts";
import { pathsOf } from "./problems.ts";

const hosts = ["shop.example.com"];

describe("a Kubernetes Ingress", () => {
  it("is Istio's where no class is named", () => {
    const backend = { service: { name: "productpage", port: { number: 9080 } } };
    expect(
      ingressSpec("productpage", { hosts, port: 9080, paths: [{ exact: "/login" }, { prefix: "/static" }] }),
    ).toEqual({
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [
              { path: "/login", pathType: "Exact", backend },
              { path: "/static", pathType: "Prefix", backend },
            ],
          },
        },
      ],
    });
    expect(ingressAnnotations({ hosts, port: 9080 })).toMatchObject({ "kubernetes.io/ingress.class": "istio" });
  });

  it("can be another controller's", () => {
    const rules = {
      hosts,
      port: 80,
      className: "alb",
      secretName: "shop",
      annotations: { "alb.ingress.kubernetes.io/scheme": "internal" },
    };
    expect(ingressSpec("cart", rules)).toMatchObject({ ingressClassName: "alb", tls: [{ hosts, secretName: "shop" }] });
    expect(ingressAnnotations(rules)).not.toHaveProperty(["kubernetes.io/ingress.class"]);
    expect(ingressAnnotations(rules)).toMatchObject(rules.annotations);
  });

  it("does not let Pulumi wait for an address that may never come", () => {
    expect(ingressAnnotations({ hosts, port: 80 })).toMatchObject({ "pulumi.com/skipAwait": "true" });
  });

  it.skipIf(!hasSamples)("leads where that of Istio's samples leads", () => {
    const [ingress] = sample("bookinfo/platform/kube/bookinfo-ingress.yaml") as unknown as {
      spec: { rules: { http: { paths: { path: string; pathType: string }[] } }[] };
    }[];
    const ofSample = ingress?.spec.rules[0]?.http.paths ?? [];
    const paths = ofSample.map(({ path, pathType }) => (pathType === "Exact" ? { exact: path } : { prefix: path }));
    expect(paths.length).toBeGreaterThan(0);
    expect(ingressSpec("productpage", { hosts, port: 9080, paths }).rules[0]?.http.paths).toEqual(ofSample);
  });

  it("is an object in the service's namespace", async () => {
    const resources = await declared({ productpage: { ingress: { hosts, port: 9080 } } });
    expect(
      the(resources, "kubernetes:networking.k8s.io/v1:Ingress", "productpage-ingress").inputs.metadata,
    ).toMatchObject({
      name: "productpage-ingress",
      namespace: "bookinfo",
      annotations: { "pulumi.com/patchForce": "true" },
    });
  });

  it.each<[why: string, args: unknown, paths: string[]]>([
    ["there is no port", { hosts }, ["port"]],
    ["a path has both", { hosts, port: 80, paths: [{ exact: "/a", prefix: "/b" }] }, ["paths[0]"]],
    ["a class is none", { hosts, port: 80, className: "A" }, ["className"]],
  ])("is refused where %s", (_why, args, paths) => {
    expect(pathsOf(ingressRules, args)).toEqual(paths);
  });
});

describe("an OpenShift Route", () => {
  it.each<[string, "edge" | "passthrough" | undefined, string]>([
    ["plain", undefined, "http2"],
    ["edge", "edge", "http2"],
    ["passthrough", "passthrough", "https"],
  ])("%s leads to the port of the ingress gateway", (_name, termination, targetPort) => {
    const spec = openShiftRouteSpec("istio-ingressgateway", "shop.example.com", {
      hosts,
      ...(termination && { termination }),
    });
    expect(spec).toMatchObject({
      host: "shop.example.com",
      to: { kind: "Service", name: "istio-ingressgateway" },
      port: { targetPort },
    });
    expect("tls" in spec).toBe(termination !== undefined);
  });

  it("is one for each host, where the gateway is", async () => {
    const resources = await declared({
      productpage: { openShiftRoute: { hosts: ["a.example.com", "b.example.com"] } },
    });
    for (const host of ["a.example.com", "b.example.com"]) {
      const route = the(resources, "kubernetes:route.openshift.io/v1:Route", `productpage-${host}`);
      expect(route.inputs).toMatchObject({ metadata: { namespace: "istio-ingress" }, spec: { host } });
    }
  });

  it("is refused where its termination is none", () => {
    expect(pathsOf(openShiftRouteRules, { hosts, termination: "reencrypt" })).toEqual(["termination"]);
  });
});
