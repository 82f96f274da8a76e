import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { byVersion } from "../../lib/versions.ts";
import { injectionLabel } from "../application/meshNamespace.ts";
import type { EgressGateway, Mesh } from "../mesh.ts";
import { owned } from "../ownership.ts";
import { caSecret, caValues, signedBy } from "./ca/meshCa.ts";
import type { ChartName } from "./charts.ts";
import { gatewayAddress } from "./gatewayAddress.ts";
import { gatewayValues } from "./gatewayValues.ts";
import { EGRESS_NAMESPACE, INGRESS_NAMESPACE, ISTIO_NAMESPACE } from "./namespace.ts";
import { readinessGateLabel } from "./networkLoadBalancer.ts";
import { pinnedCniValues, pinnedIstiodValues } from "./pinnedImages.ts";
import { istioRelease, merged, type Layer, type Place } from "./releases.ts";
import { revisionOf, suffixOf } from "./revisions.ts";
import { revisionTag } from "./revisionTag.ts";
import { tlsBeforeGatewaySpec } from "./tlsBeforeGateway.ts";
import { authorizationProviderValues } from "../security/authorizationProviders.ts";
import { gatewayPods } from "../security/members.ts";
import { PeerAuthentication } from "../security/peerAuthentication.ts";
import { istioObject } from "../traffic/objects.ts";
import { extensionProviders } from "../telemetry/providers.ts";
import { baseValues, cniValues, istiodValues } from "./values.ts";
import { withoutSkips } from "./versionHooks.ts";
import type { GatewayWorkload, IstioArgs } from "./istioArgs.ts";

export type { GatewayWorkload, IstioArgs } from "./istioArgs.ts";

const GATEWAY_NAMESPACES = { ingress: INGRESS_NAMESPACE, egress: EGRESS_NAMESPACE } as const;

const INGRESS_SELECTOR = gatewayPods("ingress-gateway").labels;

/**
 * Istio by its Helm charts: what `istioctl install --set profile=demo` gives, or a highly available control plane.
 *
 * The charts are Releases, since istiod and the API server change their objects; all that a user edits is a resource
 * of its own.
 */
export class Istio extends pulumi.ComponentResource implements Mesh {
  readonly controlPlane: pulumi.Resource;
  readonly proxyVersion: string;
  readonly signedBy: Readonly<Record<string, string>>;
  readonly ingressGateway: GatewayWorkload;
  readonly egressGateway?: EgressGateway;

  readonly #name: string;
  readonly #args: IstioArgs;
  readonly #canary: Mesh | undefined;

  constructor(name: string, args: IstioArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:istio:Istio", name, {}, options);
    this.#name = name;
    this.#args = args;
    const { profile, images = {}, ingressGateway = {}, egressGateway = {}, values, revision, canary, tags = {} } = args;
    // Its parts work with a control plane one version behind, not with one ahead: also where the canary is the older one.
    const newest = [args.version, canary?.version ?? args.version].toSorted(byVersion).at(-1) ?? args.version;

    const readinessGate = ingressGateway.nlb ? readinessGateLabel(ingressGateway.nlb) : {};
    const namespace = this.#namespace(ISTIO_NAMESPACE, ingressGateway.alsoIn ? readinessGate : {});

    const baseLayers = [baseValues(args.defaultRevision ?? revision), values?.base];
    const ofBase = {
      dependsOn: namespace,
      ...withoutSkips(`${name}-base`, revision === undefined ? "inPlace" : "beside"),
    };
    const base = this.#release("base", "istio-base", "base", baseLayers, ofBase, newest);
    const before: pulumi.Resource[] = [args.cni === true ? this.#cni(base, newest) : base];
    if (args.ca && "secret" in args.ca) {
      before.push(caSecret(`${name}-ca`, args.ca.secret, ISTIO_NAMESPACE, { parent: this, dependsOn: namespace }));
    }
    this.signedBy = signedBy(args.ca);

    this.controlPlane = this.#istiod(args.version, revision, before);
    this.proxyVersion = images.tag ?? args.version;
    this.#canary = canary && {
      controlPlane: this.#istiod(canary.version, canary.revision, before),
      proxyVersion: images.tag ?? canary.version,
      signedBy: this.signedBy,
    };
    const mtls = args.mtls ?? (profile === "production" ? "STRICT" : undefined);
    if (mtls) new PeerAuthentication("default", { mode: mtls, mesh: this }, { parent: this });
    for (const [tag, tagged] of Object.entries(tags)) {
      const dependsOn = tagged === canary?.revision ? this.#canary?.controlPlane : this.controlPlane;
      revisionTag(
        `${name}-tag-${tag}`,
        { tag, revision: tagged, namespace: ISTIO_NAMESPACE },
        { parent: this, ...(dependsOn && { dependsOn }) },
      );
    }

    // Istiod puts the image into the gateways' pods: one that is created earlier waits for an image "auto" for ever.
    const common = {
      profile,
      ...(images.pullPolicy && { pullPolicy: images.pullPolicy }),
      ...(args.ipFamily && { ipFamily: args.ipFamily }),
    };
    const type = ingressGateway.type ?? "LoadBalancer";
    const ingress = gatewayValues({
      ...ingressGateway,
      ...common,
      ...this.#revisionFor(INGRESS_NAMESPACE),
      name: "istio-ingressgateway",
      type,
      inbound: true,
    });
    if (ingressGateway.nlb?.certificates) {
      istioObject(
        "EnvoyFilter",
        {
          name: `${ISTIO_NAMESPACE}-https`,
          namespace: ISTIO_NAMESPACE,
          spec: tlsBeforeGatewaySpec(INGRESS_SELECTOR),
        },
        { parent: this, dependsOn: this.controlPlane },
      );
    }
    const ingressLayers = [ingress, values?.ingressGateway];
    const ready = this.#gateway(
      "ingress",
      this.#namespace(INGRESS_NAMESPACE, { ...injectionLabel(this.revisionOf(INGRESS_NAMESPACE)), ...readinessGate }),
      ingressLayers,
    );
    const address = gatewayAddress(`${name}-ingress-address`, ready, merged(ingressLayers), { parent: this });
    if (ingressGateway.alsoIn) this.#oldGateway("ingress", namespace, ingressLayers);
    if (egressGateway.enabled ?? true) {
      const { replicas, autoscaling } = egressGateway;
      const scale = { ...(replicas !== undefined && { replicas }), ...(autoscaling && { autoscaling }) };
      const egress = gatewayValues({
        ...scale,
        ...common,
        ...this.#revisionFor(EGRESS_NAMESPACE),
        name: "istio-egressgateway",
        type: "ClusterIP",
        inbound: false,
      });
      const egressLayers = [egress, values?.egressGateway];
      const labels = injectionLabel(this.revisionOf(EGRESS_NAMESPACE));
      const ready = this.#gateway("egress", this.#namespace(EGRESS_NAMESPACE, labels), egressLayers);
      if (egressGateway.alsoIn) this.#oldGateway("egress", namespace, egressLayers);
      this.egressGateway = {
        ready,
        namespaces: [EGRESS_NAMESPACE, ...(egressGateway.alsoIn ? [egressGateway.alsoIn] : [])],
      };
    }

    this.ingressGateway = {
      namespace: INGRESS_NAMESPACE,
      service: "istio-ingressgateway",
      type,
      selector: INGRESS_SELECTOR,
      ...(address && { address }),
    };
    this.registerOutputs({ ingressGateway: this.ingressGateway });
  }

  /** The revision whose control plane injects the pods of a namespace; none where there is but one without a name. */
  revisionOf(namespace: string): string | undefined {
    return revisionOf(this.#args, namespace);
  }

  /** The mesh as the pods of a namespace see it: that of their revision. */
  meshOf(namespace: string): Mesh {
    const isCanary = this.#args.canary?.namespaces?.includes(namespace) === true;
    return isCanary && this.#canary ? this.#canary : this;
  }

  #revisionFor(namespace: string): { readonly revision?: string } {
    const revision = this.revisionOf(namespace);
    return { ...(revision !== undefined && { revision }) };
  }

  #cni(base: pulumi.Resource, version: string): pulumi.Resource {
    const { profile, images = {}, pins = {}, values } = this.#args;
    return this.#release(
      "cni",
      "istio-cni",
      "cni",
      [cniValues({ profile, images }), pinnedCniValues(images, version, pins), values?.cni],
      { dependsOn: base },
      version,
    );
  }

  #istiod(version: string, revision: string | undefined, before: pulumi.Resource[]): pulumi.Resource {
    const { profile, images = {}, pins = {}, values, ...args } = this.#args;
    const { accessLog, tracing, tracingProviders = {}, cni, ca, ipFamily } = args;
    const deciding = authorizationProviderValues(this.#args.extensionProviders ?? {});
    const suffix = suffixOf(revision);
    const own = istiodValues({
      profile,
      images,
      ...(accessLog !== undefined && { accessLog }),
      ...(tracing?.sampling !== undefined && { sampling: tracing.sampling }),
      extensionProviders: [...extensionProviders(tracingProviders), ...deciding],
      ...(cni !== undefined && { cni }),
      ...(revision !== undefined && { revision }),
      ...(ipFamily && { ipFamily }),
    });
    const place = { dependsOn: before, ...withoutSkips(`${this.#name}-istiod${suffix}`, "inPlace") };
    const layers = [own, pinnedIstiodValues(images, version, pins), ca && caValues(ca), values?.istiod];
    // Named by its revision alone: what was the canary stays the same resource when it takes the first one's place.
    return this.#release(`istiod${suffix}`, `istiod${suffix}`, "istiod", layers, place, version);
  }

  #namespace(namespace: string, labels: Readonly<Record<string, string>>): k8s.core.v1.Namespace {
    return new k8s.core.v1.Namespace(
      namespace.replace(/^istio/, this.#name),
      { metadata: { name: namespace, ...(Object.keys(labels).length > 0 && { labels }), annotations: owned } },
      { parent: this },
    );
  }

  #gateway(
    way: keyof typeof GATEWAY_NAMESPACES,
    namespace: k8s.core.v1.Namespace,
    layers: readonly Layer[],
  ): k8s.helm.v3.Release {
    const mesh = this.meshOf(GATEWAY_NAMESPACES[way]);
    const version = mesh === this ? this.#args.version : (this.#args.canary?.version ?? this.#args.version);
    const place = { namespace: GATEWAY_NAMESPACES[way], dependsOn: [mesh.controlPlane, namespace] };
    const signed = Object.keys(this.signedBy).length > 0 ? { podAnnotations: this.signedBy } : {};
    return this.#release(way, `istio-${way}gateway`, "gateway", [signed, ...layers], place, version);
  }

  /** The resource of old, as it was: it serves whoever still comes there. */
  #oldGateway(way: keyof typeof GATEWAY_NAMESPACES, namespace: k8s.core.v1.Namespace, layers: readonly Layer[]): void {
    const place = { dependsOn: [this.controlPlane, namespace], ignoreChanges: ["values"] };
    this.#release(`${way}gateway`, `istio-${way}gateway`, "gateway", layers, place, this.#args.version);
  }

  #release(
    suffix: string,
    release: string,
    chart: ChartName,
    layers: readonly Layer[],
    place: Place,
    version: string,
  ): k8s.helm.v3.Release {
    return istioRelease(
      this.#name,
      this.#args,
      { suffix, release, chart, layers, version },
      { ...place, parent: this },
    );
  }
}
