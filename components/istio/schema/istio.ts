import { z } from "zod";
import { gatewayTypes } from "../gatewayValues.ts";
import { ipFamilies } from "../../ipFamily.ts";
import { ISTIO_NAMESPACE } from "../namespace.ts";
import { product } from "../../../versions.ts";
import * as field from "../../../lib/schema/fields.ts";
import type { IstioArgs } from "../istio.ts";
import { authorizationProviders } from "../../security/authorizationProviders.ts";
import { ca } from "./ca.ts";
import { anyValues, chartSource } from "./charts.ts";
import { gatewayChartKeys } from "./gatewayChart.ts";
import { networkLoadBalancer } from "./networkLoadBalancer.ts";
import { revisionFields, revisionRules } from "./revisions.ts";
import { didYouMean } from "../../../lib/schema/problems.ts";

/** What a stack file says about Istio. */
export interface IstioSection extends Omit<IstioArgs, "version" | "profile" | "pins" | "tracingProviders" | "timeout"> {
  /** Version of Istio; one for all its parts. */
  readonly version?: string;

  /**
   * Longest time for each part to become ready.
   * @default "5m"
   */
  readonly timeout?: string;
}

const scale = {
  replicas: field.wholeNumber(1, 100).exactOptional(),
  autoscaling: field
    .section({ min: field.wholeNumber(1, 100), max: field.wholeNumber(1, 100) })
    .refine(({ min, max }) => !field.isLess(max, min), {
      path: ["max"],
      error: "must not be less than min",
      ...field.always,
    })
    .exactOptional(),
};

/** The gateway of old beside the new one. */
const move = { alsoIn: field.oneOf([ISTIO_NAMESPACE]).exactOptional() };

const eitherScale = {
  path: ["replicas"],
  error: "has no place beside autoscaling: leave one of them out",
  ...field.always,
};

const isOneScale = ({ replicas, autoscaling }: { readonly replicas?: unknown; readonly autoscaling?: unknown }) =>
  replicas === undefined || autoscaling === undefined;

const ingressGateway = field
  .section({
    type: field.oneOf(gatewayTypes).default("LoadBalancer"),
    nodePorts: field
      .section({ http: field.nodePort.exactOptional(), https: field.nodePort.exactOptional() })
      .refine(({ http, https }) => http === undefined || http !== https, {
        path: ["https"],
        error: "must be another port than http",
        ...field.always,
      })
      .exactOptional(),
    annotations: field.annotations.exactOptional(),
    nlb: networkLoadBalancer.exactOptional(),
    ...scale,
    ...move,
  })
  .refine(({ type, nlb }) => nlb === undefined || !["NodePort", "ClusterIP"].includes(type), {
    path: ["nlb"],
    error: "needs the type LoadBalancer: set it, or leave nlb out",
    ...field.always,
  })
  .refine(({ type, nodePorts }) => nodePorts === undefined || !["LoadBalancer", "ClusterIP"].includes(type), {
    path: ["nodePorts"],
    error: "needs the type NodePort: set it, or leave nodePorts out",
    ...field.always,
  })
  .refine(isOneScale, eitherScale);

const egressGateway = field
  .section({ enabled: field.flag.default(true), ...scale, ...move })
  .refine(isOneScale, eitherScale)
  .refine(({ enabled, ...others }) => enabled || Object.keys(others).length === 0, {
    path: ["enabled"],
    error: "must be true, where replicas, autoscaling or alsoIn are set: leave those out, or the gateway in",
    ...field.always,
  });

/** Values of the chart gateway that it knows; whether there are others depends on the version, and is asked below. */
const gatewayChart = z.looseObject(
  Object.fromEntries(Object.entries(gatewayChartKeys).map(([key, type]) => [key, type.exactOptional()])),
  { error: "must be a map of the chart's values" },
);

export const istio = field
  .section({
    version: field.version.default(product.istio),
    charts: chartSource.exactOptional(),
    ...revisionFields,
    images: field
      .section({
        hub: field.registry.exactOptional(),
        tag: field.imageTag.exactOptional(),
        pullPolicy: field.pullPolicy.exactOptional(),
      })
      .exactOptional(),
    ca: ca.exactOptional(),
    ingressGateway: ingressGateway.prefault({}),
    egressGateway: egressGateway.prefault({}),
    accessLog: field.flag.exactOptional(),
    tracing: field
      .section({
        sampling: field.percent.exactOptional(),
      })
      .exactOptional(),
    extensionProviders: authorizationProviders.exactOptional(),
    cni: field.flag.exactOptional(),
    ipFamily: field.oneOf(ipFamilies).exactOptional(),
    mtls: field.oneOf(["STRICT", "PERMISSIVE"]).exactOptional(),
    timeout: field.duration.prefault("5m"),
    values: field
      .section({
        base: anyValues.exactOptional(),
        istiod: anyValues.exactOptional(),
        cni: anyValues.exactOptional(),
        ingressGateway: gatewayChart.exactOptional(),
        egressGateway: gatewayChart.exactOptional(),
      })
      .exactOptional(),
  })
  .superRefine(revisionRules, field.always)
  .superRefine(({ version, values, cni, egressGateway: egress, extensionProviders: providers }, context) => {
    const issue = (path: readonly string[], message: string) => {
      context.addIssue({ code: "custom", path: ["values", ...path], message });
    };
    for (const gateway of ["ingressGateway", "egressGateway"] as const) {
      for (const key of Object.keys(Object(values?.[gateway]) as object)) {
        // Another version of the chart may have other keys; its own schema has the last word.
        if (version === product.istio && !Object.hasOwn(gatewayChartKeys, key)) {
          const meant = didYouMean(key, Object.keys(gatewayChartKeys));
          const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
          issue([gateway, key], `is no value of the chart gateway ${product.istio}${hint}`);
        }
        if (key === "name") {
          issue([gateway, key], "has to stay as it is: Gateways choose their pods by it; leave it out");
        }
      }
    }
    const { service } = Object(values?.ingressGateway) as { service?: unknown };
    if (Object.hasOwn(Object(service) as object, "type")) {
      issue(["ingressGateway", "service", "type"], "is not the place for it: set mesh:istio.ingressGateway.type");
    }
    if (Object.hasOwn(Object(service) as object, "loadBalancerClass")) {
      issue(
        ["ingressGateway", "service", "loadBalancerClass"],
        "is not the place for it: set mesh:istio.ingressGateway.nlb",
      );
    }
    const { meshConfig } = Object(values?.istiod) as { meshConfig?: { extensionProviders?: unknown } };
    if (providers !== undefined && meshConfig?.extensionProviders !== undefined) {
      issue(
        ["istiod", "meshConfig", "extensionProviders"],
        "is said already by mesh:istio.extensionProviders: leave it out",
      );
    }
    if (values?.cni !== undefined && (cni as unknown) !== true) {
      issue(["cni"], "has no effect without istio-cni: leave it out, or set mesh:istio.cni to true");
    }
    if (values?.egressGateway !== undefined && (egress as { enabled?: unknown } | undefined)?.enabled === false) {
      issue(["egressGateway"], "has no effect without the egress gateway: leave it out, or enable the gateway");
    }
  }, field.always);
