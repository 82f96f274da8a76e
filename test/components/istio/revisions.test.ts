import { describe, expect, it } from "vitest";
import { Istio, type IstioArgs } from "../../../components/istio/istio.ts";
import { tagWebhooks } from "../../../components/istio/revisionTag.ts";
import { find, hasCharts, render } from "../../charts.ts";
import { record, the, type Recorded } from "../../recorder.ts";

const KNOWN =
  /^(mesh:(istio:Istio|security:PeerAuthentication)|kubernetes:(core\/v1:Namespace|security\.istio\.io\/v1:PeerAuthentication|helm\.sh\/v3:Release|admissionregistration\.k8s\.io\/v1:MutatingWebhookConfiguration))$/;

/** What was recorded, and the mesh itself. */
async function recordIstio(args: Partial<IstioArgs>) {
  let mesh: Istio | undefined;
  const resources = await record(() => {
    mesh = new Istio("istio", { version: "1.31.1", profile: "production", ...args });
  }, KNOWN);
  if (!mesh) throw new Error("there is no mesh");
  return { resources, mesh };
}
const release = (resources: readonly Recorded[], name: string) => the(resources, "Release", name);
const releases = (resources: readonly Recorded[]) =>
  resources.flatMap(({ type, name }) => (type.endsWith(":Release") ? [name] : [])).toSorted();

const first = { revision: "1-31-1" };
const canary = { version: "1.32.0", revision: "1-32-0", namespaces: ["bookinfo"] };

describe("a control plane with a revision", () => {
  it("bears it in its name, validates by it, and injects the gateways", async () => {
    const { resources } = await recordIstio(first);
    expect(release(resources, "istio-istiod-1-31-1").inputs).toMatchObject({
      name: "istiod-1-31-1",
      values: { revision: "1-31-1" },
    });
    expect(release(resources, "istio-base").inputs.values).toMatchObject({ defaultRevision: "1-31-1" });
    for (const gateway of ["istio-ingress", "istio-egress"]) {
      expect(release(resources, gateway).inputs.values).toMatchObject({ revision: "1-31-1" });
    }
  });

  it("is what its namespaces name", async () => {
    const { mesh } = await recordIstio(first);
    expect(mesh.revisionOf("bookinfo")).toBe("1-31-1");
    expect((await recordIstio({})).mesh.revisionOf("bookinfo")).toBeUndefined();
  });
});

describe("a canary", () => {
  it("stands beside the first control plane, with the newest base under both", async () => {
    const { resources } = await recordIstio({ ...first, canary });
    expect(release(resources, "istio-base").inputs.version).toBe("1.32.0");
    expect(release(resources, "istio-istiod-1-31-1").inputs.version).toBe("1.31.1");
    expect(release(resources, "istio-istiod-1-32-0").inputs).toMatchObject({
      version: "1.32.0",
      name: "istiod-1-32-0",
    });
    expect(release(resources, "istio-ingress").inputs).toMatchObject({ version: "1.31.1" });
  });

  it("leaves the newest base where it is the older one, on the way back", async () => {
    const back = { version: "1.9.0", revision: "1-9-0" };
    const { resources } = await recordIstio({ ...first, canary: back, cni: true });
    for (const name of ["istio-base", "istio-cni"]) expect(release(resources, name).inputs.version).toBe("1.31.1");
    expect(release(resources, "istio-istiod-1-9-0").inputs.version).toBe("1.9.0");
  });

  it("injects the namespaces that moved, whose pods wait for it and are rolled", async () => {
    const { mesh } = await recordIstio({ ...first, canary });
    expect([mesh.revisionOf("bookinfo"), mesh.revisionOf("shop")]).toEqual(["1-32-0", "1-31-1"]);
    expect(mesh.meshOf("bookinfo").proxyVersion).toBe("1.32.0");
    expect(mesh.meshOf("bookinfo").controlPlane).not.toBe(mesh.controlPlane);
    expect(mesh.meshOf("shop")).toBe(mesh);
  });

  it("gets the gateways by their namespaces, one by one", async () => {
    const moved = { ...canary, namespaces: ["bookinfo", "istio-ingress"] };
    const { resources } = await recordIstio({ ...first, canary: moved });
    const ingress = release(resources, "istio-ingress");
    expect(ingress.inputs).toMatchObject({ version: "1.32.0", values: { revision: "1-32-0" } });
    expect(ingress.dependsOn).toContain("kubernetes:helm.sh/v3:Release istio-istiod-1-32-0");
    const label = (name: string) => the(resources, "Namespace", name).inputs.metadata;
    expect(label("istio-ingress")).toMatchObject({ labels: { "istio.io/rev": "1-32-0" } });
    expect(label("istio-egress")).toMatchObject({ labels: { "istio.io/rev": "1-31-1" } });
    expect(release(resources, "istio-egress").inputs).toMatchObject({
      version: "1.31.1",
      values: { revision: "1-31-1" },
    });
  });

  it("takes the first one's place without being touched itself", async () => {
    const before = await recordIstio({ ...first, canary });
    const after = await recordIstio({ version: canary.version, revision: canary.revision });
    expect(release(after.resources, "istio-istiod-1-32-0").inputs).toEqual(
      release(before.resources, "istio-istiod-1-32-0").inputs,
    );
    expect(releases(after.resources)).toEqual(
      releases(before.resources).filter((name) => name !== "istio-istiod-1-31-1"),
    );
  });

  it("leaves validation with a revision that is there (istio#28880)", async () => {
    for (const args of [
      { ...first, canary },
      { ...first, canary, defaultRevision: "1-32-0" },
    ]) {
      const { resources } = await recordIstio(args);
      const { defaultRevision } = release(resources, "istio-base").inputs.values as { defaultRevision: string };
      expect(releases(resources)).toContain(`istio-istiod-${defaultRevision}`);
    }
  });
});

describe("a tag", () => {
  it("moves from one revision to the next as one change of one object", async () => {
    const tagged = async (target: string) => {
      const { resources } = await recordIstio({ ...first, canary, tags: { stable: target } });
      return the(resources, "MutatingWebhookConfiguration", "istio-tag-stable");
    };
    const [before, after] = [await tagged("1-31-1"), await tagged("1-32-0")];
    expect(before.inputs).toMatchObject({
      metadata: { name: "istio-revision-tag-stable", labels: { "istio.io/rev": "1-31-1" } },
    });
    expect(after.inputs).toMatchObject({
      metadata: { name: "istio-revision-tag-stable", labels: { "istio.io/rev": "1-32-0" } },
    });
    expect(before.dependsOn).toContain("kubernetes:helm.sh/v3:Release istio-istiod-1-31-1");
    expect(after.dependsOn).toContain("kubernetes:helm.sh/v3:Release istio-istiod-1-32-0");
  });

  it.skipIf(!hasCharts).each(["stable", "default"])(
    "%s has the webhooks that the chart would make (needs helm and ISTIO_CHARTS)",
    (tag) => {
      const all = render("istiod", "istiod", { revision: "1-31-1", revisionTags: [tag] });
      expect(tagWebhooks(tag, "1-31-1", "istio-system")).toEqual(
        find(all, "MutatingWebhookConfiguration", `istio-revision-tag-${tag}`).webhooks,
      );
    },
  );
});

describe("istio-cni", () => {
  it("is there before the control plane that relies on it, and so goes after all pods", async () => {
    const { resources } = await recordIstio({ cni: true });
    expect(release(resources, "istio-cni").dependsOn).toEqual(["kubernetes:helm.sh/v3:Release istio-base"]);
    expect(release(resources, "istio-istiod").dependsOn).toEqual(["kubernetes:helm.sh/v3:Release istio-cni"]);
    expect(release(resources, "istio-istiod").inputs.values).toMatchObject({ cni: { enabled: true } });
    expect(releases((await recordIstio({})).resources)).not.toContain("istio-cni");
  });
});
