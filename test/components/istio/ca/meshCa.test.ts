import { beforeAll, describe, expect, it } from "vitest";
import type { CaArgs } from "../../../../components/istio/ca/caArgs.ts";
import { Istio } from "../../../../components/istio/istio.ts";
import { authority, type Authority } from "../../../authority.ts";
import { record, the } from "../../../recorder.ts";

const KNOWN =
  /^(mesh:istio:Istio|kubernetes:(core\/v1:(Namespace|Secret)|helm\.sh\/v3:Release|admissionregistration\.k8s\.io\/v1:MutatingWebhookConfiguration))$/;

let root: Authority, own: Authority, next: Authority;
beforeAll(() => {
  root = authority("root");
  own = authority("own", { by: root });
  next = authority("next", { by: root });
});

async function recordIstio(ca?: CaArgs) {
  let mesh: Istio | undefined;
  const resources = await record(() => {
    mesh = new Istio("istio", { version: "1.31.1", profile: "demo", ...(ca && { ca }) });
  }, KNOWN);
  return { resources, mesh };
}
const signed = (by: Authority): CaArgs => ({ secret: { ...by, root: root.certificate } });
const annotations = (resources: Awaited<ReturnType<typeof recordIstio>>["resources"], release: string) =>
  (the(resources, "Release", release).inputs.values as { podAnnotations?: Record<string, string> }).podAnnotations;

describe("an authority of one's own", () => {
  it("is there before the control plane, which finds it by its name", async () => {
    const { resources } = await recordIstio(signed(own));
    const secret = the(resources, "Secret", "istio-ca");
    expect(secret.inputs).toMatchObject({
      metadata: { name: "cacerts", namespace: "istio-system" },
      // As the engine gets what is secret.
      stringData: {
        value: {
          "ca-cert.pem": own.certificate,
          "ca-key.pem": own.key,
          "cert-chain.pem": own.certificate,
          "root-cert.pem": root.certificate,
        },
      },
    });
    expect(secret.secrets).toEqual(["stringData"]);
    expect(the(resources, "Release", "istio-istiod").dependsOn).toContain("kubernetes:core/v1:Secret istio-ca");
  });

  it("lets running proxies learn of new roots", async () => {
    const { resources } = await recordIstio(signed(own));
    expect(the(resources, "Release", "istio-istiod").inputs.values).toMatchObject({
      env: { ISTIO_MULTIROOT_MESH: "true" },
      meshConfig: { defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" } } },
    });
  });

  it("rolls control plane, gateways and pods with another signing certificate, and the pods with nothing else", async () => {
    const [before, after] = [await recordIstio(signed(own)), await recordIstio(signed(next))];
    for (const release of ["istio-istiod", "istio-ingress", "istio-egress"]) {
      expect(annotations(before.resources, release)?.["mesh/ca"]).toBeDefined();
      expect(annotations(after.resources, release)).not.toEqual(annotations(before.resources, release));
    }
    expect(after.mesh?.signedBy).not.toEqual(before.mesh?.signedBy);
    const other = authority("other root");
    const both = await recordIstio({ secret: { ...own, root: root.certificate + other.certificate } });
    expect(both.mesh?.signedBy).toEqual(before.mesh?.signedBy);
    expect(annotations(both.resources, "istio-ingress")).toEqual(annotations(before.resources, "istio-ingress"));
    expect(annotations(both.resources, "istio-istiod")).not.toEqual(annotations(before.resources, "istio-istiod"));
  });
});

describe("istio-csr", () => {
  it("signs in the place of the control plane, for which there is no Secret", async () => {
    const { resources } = await recordIstio({ certManager: { address: "csr.example.svc:443" } });
    expect(resources.some(({ type }) => type.endsWith(":Secret"))).toBe(false);
    expect(the(resources, "Release", "istio-istiod").inputs.values).toMatchObject({
      global: { caAddress: "csr.example.svc:443" },
      env: { ENABLE_CA_SERVER: "false" },
    });
  });
});

describe("a mesh without a word about it", () => {
  it("has neither the Secret nor the annotation", async () => {
    const { resources, mesh } = await recordIstio();
    expect(resources.some(({ type }) => type.endsWith(":Secret"))).toBe(false);
    expect([mesh?.signedBy, annotations(resources, "istio-ingress")]).toEqual([{}, undefined]);
  });
});
