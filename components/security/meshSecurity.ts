import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { IstioSpecs } from "../../istio/generated/specs.ts";
import type { IstioKind } from "../../istio/kinds.ts";
import type { MeshNamespace } from "../application/meshNamespace.ts";
import type { Inputs } from "../inputs.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Mesh } from "../mesh.ts";
import { owned } from "../ownership.ts";
import { istioObject } from "../traffic/objects.ts";
import {
  authorizationPolicyAnnotations,
  authorizationPolicySpec,
  type AuthorizationPolicyOptions,
} from "./authorizationPolicyOptions.ts";
import type { Members } from "./members.ts";
import { networkPolicySpec } from "./networkPolicies.ts";
import { peerAuthenticationSpec } from "./peerAuthenticationOptions.ts";
import { requestAuthenticationSpec } from "./requestAuthenticationOptions.ts";
import { accessOf, authorizationPlan, peersPlan, tokensPlan, type Planned, type Ways } from "./securityPlan.ts";
import type { SecuritySection } from "./securitySection.ts";
import { sidecarSpec, type DeclaredHost } from "./sidecarScopes.ts";

export interface MeshSecurityArgs extends Omit<SecuritySection, "preset" | "egress"> {
  /** The services that policies name. */
  readonly members: Members;
  /** By which ways requests come to them. */
  readonly ways: Ways;
  /** Hosts outside that pods may call, and what their proxies call. */
  readonly outside: readonly DeclaredHost[];
  /** Namespaces of the services. */
  readonly namespaceOf: (name: string) => MeshNamespace;
  readonly mesh: Mesh;
}

/** Who may call whom in a stack, with what proof. */
export class MeshSecurity extends pulumi.ComponentResource {
  readonly #args: MeshSecurityArgs;

  constructor(name: string, args: MeshSecurityArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:security:MeshSecurity", name, {}, options);
    this.#args = args;
    const { members, ways, authorization = {} } = args;

    for (const planned of peersPlan(args, members)) {
      this.#declare("PeerAuthentication", planned, peerAuthenticationSpec(planned.options));
    }
    const { tokens, required } = tokensPlan(args, members);
    const before = tokens.map((planned) =>
      this.#declare("RequestAuthentication", planned, requestAuthenticationSpec(planned.options)),
    );
    const policy = (planned: Planned<AuthorizationPolicyOptions>, after: readonly pulumi.Resource[]) =>
      this.#declare("AuthorizationPolicy", planned, authorizationPolicySpec(planned.options), {
        annotations: authorizationPolicyAnnotations(planned.options),
        after,
      });
    for (const planned of required) policy(planned, before);
    // What is allowed comes before the rest is refused, and goes after it.
    const { policies, last } = authorizationPlan(authorization, members, ways);
    const allowed = policies.map((planned) => policy(planned, before));
    for (const planned of last) policy(planned, allowed);
    if (args.sidecarScopes === true) this.#scopes();
    if (args.networkPolicies === true) this.#networkPolicies();
    this.registerOutputs();
  }

  #declare<Kind extends IstioKind>(
    kind: Kind,
    { name, namespace }: { readonly name: string; readonly namespace?: string },
    spec: Inputs<IstioSpecs[Kind]>,
    {
      annotations = {},
      after = [],
    }: { readonly annotations?: Readonly<Record<string, string>>; readonly after?: readonly pulumi.Resource[] } = {},
  ): pulumi.Resource {
    const { mesh, namespaceOf } = this.#args;
    const place = namespace === undefined ? [] : [namespaceOf(namespace)];
    return istioObject(
      kind,
      { name, resource: unique({ name, namespace }), namespace: namespace ?? ISTIO_NAMESPACE, spec, annotations },
      { parent: this, dependsOn: [...place, mesh.controlPlane, ...after] },
    );
  }

  #scopes(): void {
    const { members, outside } = this.#args;
    for (const member of members.all) {
      const { name, namespace } = member;
      this.#declare("Sidecar", { name: `calls-of-${name}`, namespace }, sidecarSpec(member, members, outside));
    }
  }

  #networkPolicies(): void {
    const { members, ways, authorization = {}, namespaceOf } = this.#args;
    for (const member of members.all) {
      const access = accessOf(member, authorization, members, ways);
      if (access === undefined) continue;
      new k8s.networking.v1.NetworkPolicy(
        unique(member),
        {
          metadata: { name: `callers-of-${member.name}`, namespace: member.namespace, annotations: owned },
          spec: networkPolicySpec(member, access, members),
        },
        { parent: this, dependsOn: namespaceOf(member.namespace) },
      );
    }
  }
}

/** A name for a resource: objects of two namespaces may have the same. */
const unique = ({ name, namespace }: { readonly name: string; readonly namespace: string | undefined }) =>
  namespace === undefined ? name : `${name}.${namespace}`;
