import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Mesh } from "../mesh.ts";
import { owned } from "../ownership.ts";
import type { Profile } from "../profile.ts";
import type { MeshNamespace } from "./meshNamespace.ts";
import type { ApplicationData, ServiceArgs, VersionArgs } from "./service.ts";
import { deploymentSpec, podLabels, replicasOf, workloadName, type Workload } from "./workload.ts";

export interface ApplicationArgs extends Pick<ApplicationData, "services" | "imagePullPolicy"> {
  /** Where the application runs; several may share one. */
  readonly namespace: MeshNamespace;

  /** Decides how many pods run and how they are spread. */
  readonly profile: Profile;

  /** The mesh that the pods join. */
  readonly mesh: Mesh;
}

/**
 * An application of the mesh: for each service a ServiceAccount and a Service, for each version of it a Deployment.
 * Its pods meet the Restricted level of the Pod Security Standards as far as the injected init container allows.
 *
 * @example
 * new Application("shop", {
 *   namespace,
 *   services: { cart: { port: 8080, versions: { v1: { image: "ghcr.io/acme/cart:1.4.0" } } } },
 *   profile: "demo",
 *   mesh: istio,
 * });
 */
export class Application extends pulumi.ComponentResource {
  constructor(name: string, args: ApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:application:Application", name, {}, options);
    for (const [service, serviceArgs] of Object.entries(args.services)) {
      this.#addService(`${name}-${service}`, service, serviceArgs, args);
    }
    this.registerOutputs();
  }

  #addService(name: string, service: string, args: ServiceArgs, application: ApplicationArgs): void {
    const { namespace, profile, mesh, imagePullPolicy } = application;
    const labels = { app: service, service };
    const inNamespace = { parent: this, dependsOn: [namespace] };

    const serviceAccount = new k8s.core.v1.ServiceAccount(
      name,
      { metadata: { name, namespace: namespace.name, labels: { account: service }, annotations: owned } },
      inNamespace,
    );
    if (args.port !== undefined) {
      new k8s.core.v1.Service(
        name,
        {
          metadata: { name: service, namespace: namespace.name, labels, annotations: owned },
          spec: { selector: { app: service }, ports: [{ name: args.protocol ?? "http", port: args.port }] },
        },
        inNamespace,
      );
    }
    for (const [version, versionArgs] of Object.entries(args.versions)) {
      const workload = {
        service,
        version,
        serviceAccount: name,
        profile,
        proxyVersion: mesh.proxyVersion,
        ...(imagePullPolicy && { imagePullPolicy }),
      };
      this.#addVersion(`${name}-${version}`, workload, args, versionArgs, application, serviceAccount);
    }
  }

  #addVersion(
    name: string,
    workload: Workload,
    service: ServiceArgs,
    args: VersionArgs,
    { namespace, mesh }: ApplicationArgs,
    serviceAccount: pulumi.Resource,
  ): void {
    const metadata = {
      name: workloadName(workload),
      namespace: namespace.name,
      labels: podLabels(workload),
      annotations: owned,
    };
    const before: pulumi.Resource[] = [namespace, serviceAccount];

    if (args.secretEnv) {
      before.push(
        new k8s.core.v1.Secret(
          name,
          { metadata, data: pulumi.secret(args.secretEnv).apply(base64Values) },
          { parent: this, dependsOn: [namespace] },
        ),
      );
    }

    const signed = { ...args, podAnnotations: { ...mesh.signedBy, ...args.podAnnotations } };
    // Sidecars are injected when a pod is created, never later: first the control plane, then the pods.
    new k8s.apps.v1.Deployment(
      name,
      { metadata, spec: deploymentSpec(workload, service, signed) },
      { parent: this, dependsOn: [...before, mesh.controlPlane], customTimeouts: { create: "5m", update: "5m" } },
    );

    if (workload.profile === "production" && replicasOf(args, workload.profile) > 1) {
      new k8s.policy.v1.PodDisruptionBudget(
        name,
        { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: podLabels(workload) } } },
        { parent: this, dependsOn: [namespace] },
      );
    }
  }
}

function base64Values(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value, "utf8").toString("base64")]),
  );
}
