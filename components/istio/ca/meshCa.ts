import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { listOf, mapOf } from "../../../lib/untrusted.ts";
import { owned } from "../../ownership.ts";
import { refusing } from "../../refusedUpdates.ts";
import type { Values } from "../values.ts";
import { ISTIO_CSR, type CaArgs, type SigningCa } from "./caArgs.ts";
import { publicPartOf } from "./certificates.ts";

/** Annotation of pods whose certificates are of this authority: another one rolls them. */
export const CA = "mesh/ca";

/** Annotations of the Secret: fingerprints of the roots that are trusted, and of the one that the signing certificate leads to. */
const ROOTS = "mesh/ca-roots";
const SIGNER = "mesh/ca-signer";

/** By which the control plane looks for it. */
const NAME = "cacerts";

/**
 * Values of the chart istiod for an authority. The roots of a bundle reach proxies that run by the control plane, without a
 * restart; so they trust a new root before anything is signed by it.
 *
 * @see https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars
 */
export function caValues(ca: CaArgs): Values {
  if ("certManager" in ca) {
    return { global: { caAddress: ca.certManager.address ?? ISTIO_CSR }, env: { ENABLE_CA_SERVER: "false" } };
  }
  const { certificate, roots } = publicPartOf(ca.secret);
  return {
    env: { ISTIO_MULTIROOT_MESH: "true" },
    meshConfig: { defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" } } },
    // A new one is in force once the control plane is ready, and not whenever the kubelet has it.
    podAnnotations: { [CA]: [certificate, ...roots].map((each) => each.slice(0, 16)).join(".") },
  };
}

/** The annotation of pods whose certificates the authority signs; nothing where Istio made it, or where it is elsewhere. */
export function signedBy(ca: CaArgs | undefined): Readonly<Record<string, string>> {
  return ca && "secret" in ca ? { [CA]: publicPartOf(ca.secret).certificate.slice(0, 16) } : {};
}

/** The Secret of the authority, which has to be there before the control plane. */
export function caSecret(name: string, ca: SigningCa, namespace: string, options: pulumi.CustomResourceOptions) {
  const { signer, roots } = publicPartOf(ca);
  const chain = [ca.certificate, ca.chain ?? ""].map((pem) => pem.trim()).filter((pem) => pem !== "");
  return new k8s.core.v1.Secret(
    name,
    {
      metadata: { name: NAME, namespace, annotations: { ...owned, [ROOTS]: roots.join(), [SIGNER]: signer } },
      stringData: {
        "ca-cert.pem": ca.certificate,
        "ca-key.pem": pulumi.secret(ca.key),
        "cert-chain.pem": `${chain.join("\n")}\n`,
        "root-cert.pem": ca.root,
      },
    },
    { ...options, ...refusing(`${name}-trust`, breaksTrust) },
  );
}

/** Why an authority must not follow another one at once; nothing where it may. */
export function breaksTrust(before: unknown, after: unknown): string | undefined {
  const [old, next] = [before, after].map((inputs) => {
    const annotations = mapOf(mapOf(mapOf(inputs).metadata).annotations);
    const text = (name: string) => (typeof annotations[name] === "string" ? annotations[name] : "");
    return { signer: text(SIGNER), roots: listOf(text(ROOTS).split(",")) };
  });
  if (!old || !next || old.signer === "" || next.signer === "") return undefined;
  if (!old.roots.includes(next.signer)) {
    return "mesh:istio.ca.secret.certificate is signed by a root that nobody trusts yet: first add that to mesh:istio.ca.secret.root, beside the old one, and `pulumi up`";
  }
  if (!next.roots.includes(old.signer)) {
    return "mesh:istio.ca.secret.root lacks the root by which certificates in use are signed: keep it until certificate is one of the new root, and all workloads have theirs from it";
  }
  return undefined;
}
