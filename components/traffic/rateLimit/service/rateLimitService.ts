import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MeshNamespace } from "../../../application/meshNamespace.ts";
import { checkArguments } from "../../../checkArguments.ts";
import type { Mesh } from "../../../mesh.ts";
import { owned } from "../../../ownership.ts";
import type { Profile } from "../../../profile.ts";
import type { HostLimits, LimitService } from "../meshRateLimit.ts";
import {
  rateLimitService,
  SERVICE,
  serviceHost,
  type FailureMode,
  type RateLimitServiceOptions,
} from "./serviceOptions.ts";
import {
  GRPC_PORT,
  limitFiles,
  redisLogin,
  redisSecret,
  replicasOf,
  serviceDeploymentSpec,
  servicePods,
} from "./serviceObjects.ts";

export interface RateLimitServiceArgs extends RateLimitServiceOptions {
  /** Where it runs: one of its own, so that whoever may change limits need not be let into Istio's. */
  readonly namespace: MeshNamespace;

  /** The limits that it knows, by host: those with `scope: mesh`. */
  readonly hosts: readonly HostLimits[];

  readonly profile: Profile;

  /** The mesh that its pods join: sidecars ask it by mutual TLS. */
  readonly mesh: Mesh;
}

/**
 * Envoy's rate limit service: it counts the requests of all pods of a service together, in Redis.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 * @see https://github.com/envoyproxy/ratelimit
 */
export class RateLimitService extends pulumi.ComponentResource implements LimitService {
  readonly host: string;
  readonly port = GRPC_PORT;
  readonly failureMode: FailureMode;
  readonly timeout: string;
  /** What it knows. */
  readonly hosts: readonly HostLimits[];

  readonly #namespace: MeshNamespace;

  constructor(name: string, args: RateLimitServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:traffic:RateLimitService", name, {}, options);
    const { namespace, hosts, profile, mesh, ...told } = args;
    checkArguments("the rate limit service", rateLimitService, told);
    const { redis, failureMode = "allow", timeout = "250ms" } = told;
    this.#namespace = namespace;
    this.host = serviceHost(namespace.name);
    this.hosts = hosts;
    this.failureMode = failureMode;
    this.timeout = timeout;
    const inNamespace = { parent: this, dependsOn: namespace };
    const metadata = { name: SERVICE, namespace: namespace.name, labels: servicePods, annotations: owned };

    const account = new k8s.core.v1.ServiceAccount(name, { metadata }, inNamespace);
    new k8s.core.v1.Service(
      name,
      { metadata, spec: { selector: servicePods, ports: [{ name: "grpc", port: GRPC_PORT }] } },
      inNamespace,
    );
    // Other limits make another ConfigMap, of another name: the pods are replaced, and the limits hold once the update is over.
    const limits = new k8s.core.v1.ConfigMap(
      `${name}-limits`,
      { metadata: this.#nameless(), immutable: true, data: limitFiles(hosts) },
      { ...inNamespace, replaceOnChanges: ["data"] },
    );
    const login = redis?.password === undefined ? undefined : this.#login(name, redisLoginOf(redis, redis.password));
    new k8s.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: serviceDeploymentSpec({
          ...told,
          profile,
          proxyVersion: mesh.proxyVersion,
          signedBy: mesh.signedBy ?? {},
          limits: limits.metadata.name,
          login,
        }),
      },
      {
        parent: this,
        dependsOn: [namespace, account, mesh.controlPlane],
        customTimeouts: { create: "5m", update: "5m" },
      },
    );
    if (replicasOf({ ...told, profile }) > 1) {
      new k8s.policy.v1.PodDisruptionBudget(
        name,
        { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: servicePods } } },
        inNamespace,
      );
    }
    this.registerOutputs({ host: this.host });
  }

  #nameless() {
    return { namespace: this.#namespace.name, annotations: owned };
  }

  /** @returns the name of a Secret; another login has another one, so that the pods that read it are replaced. */
  #login(name: string, login: pulumi.Output<string>): pulumi.Output<string> {
    const secret = new k8s.core.v1.Secret(
      `${name}-redis`,
      { metadata: this.#nameless(), immutable: true, stringData: redisSecret(login) },
      { parent: this, dependsOn: this.#namespace, replaceOnChanges: ["stringData", "data"] },
    );
    return secret.metadata.name;
  }
}

const redisLoginOf = (redis: NonNullable<RateLimitServiceOptions["redis"]>, password: pulumi.Input<string>) =>
  pulumi.secret(password).apply((known) => redisLogin(redis, known));
