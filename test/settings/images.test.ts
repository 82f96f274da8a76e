import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { settingsProblems } from "../../settings/parse.ts";
import type { Recorded } from "../recorder.ts";
import { generated, keyed, runProgram, someKubeconfig } from "../wholeProgram.ts";
import { product } from "../../versions.ts";
import { inStackFile } from "./stackFile.ts";

const kubeconfig = someKubeconfig();
const ANY = /^(mesh|kubernetes|pulumi):/;
const ONE = `sha256:${"1".repeat(64)}`;
const TWO = `sha256:${"2".repeat(64)}`;

const sections = (yaml: string) => load(yaml) as Record<string, unknown>;
const words = (yaml: string) =>
  settingsProblems(inStackFile(sections(yaml))).map(({ path, reason }) => `${path} ${reason}`);
const declared = async (yaml: string) => {
  expect(words(yaml)).toEqual([]);
  const settings = { cluster: { kubeconfig }, observability: generated, ...sections(yaml) };
  return (await runProgram(keyed(settings), ANY)).resources;
};

/** Everything in the resources that is an image. */
const images = (resources: readonly Recorded[]): string[] =>
  [...JSON.stringify(resources.map(({ inputs }) => inputs)).matchAll(/"image":"([^"]*)"/g)].flatMap(
    ([, image]) => image ?? [],
  );

const VALUES = (resources: readonly Recorded[], name: string) =>
  (resources.find((each) => each.type.endsWith(":Release") && each.name === name)?.inputs as { values: object }).values;

describe("mesh:images.pin", () => {
  it("puts the digest wherever the image appears, and leaves the others as they are", async () => {
    const curl = `docker.io/curlimages/curl:${product.curl}`;
    const reviews = `registry.istio.io/release/examples-bookinfo-reviews-v2:${product.bookinfo}`;
    const yaml = `
      images: { pin: { "${curl}": "${ONE}", "${reviews}": "${TWO}", "ghcr.io/acme/cart:1.4.0": "${ONE}" } }
      applications:
        shop: { services: { cart: { port: 8080, versions: { v1: { image: "ghcr.io/acme/cart:1.4.0" }, v2: { image: "ghcr.io/acme/cart:2.0.0" } } } } }`;
    const all = images(await declared(yaml));
    expect(all).toEqual(
      expect.arrayContaining([`${curl}@${ONE}`, `${reviews}@${TWO}`, `ghcr.io/acme/cart:1.4.0@${ONE}`]),
    );
    expect(all.filter((image) => image.includes("@"))).toHaveLength(3);
    expect(all).toEqual(expect.arrayContaining(["ghcr.io/acme/cart:2.0.0", reviews.replace("v2:", "v1:")]));
  });

  it("reaches istiod, sidecars, gateways and the agent of istio-cni, each control plane by its own version", async () => {
    const image = (name: string, version: string) => `registry.example.com/istio/${name}:${version}`;
    const pin = [
      `"${image("pilot", "1.31.1")}": "${ONE}", "${image("proxyv2", "1.31.1")}": "${TWO}"`,
      `"${image("pilot", "1.32.0")}": "${TWO}", "${image("install-cni", "1.32.0")}": "${ONE}"`,
    ].join();
    const resources = await declared(`
      images: { pin: { ${pin} } }
      istio:
        images: { hub: registry.example.com/istio }
        cni: true
        version: 1.31.1
        revision: one
        canary: { version: 1.32.0, revision: two }`);
    const proxy = { image: `${image("proxyv2", "1.31.1")}@${TWO}` };
    expect(VALUES(resources, "istio-istiod-one")).toMatchObject({
      image: `${image("pilot", "1.31.1")}@${ONE}`,
      global: { hub: "registry.example.com/istio", proxy, proxy_init: proxy },
    });
    expect(VALUES(resources, "istio-istiod-two")).toMatchObject({ image: `${image("pilot", "1.32.0")}@${TWO}` });
    expect(VALUES(resources, "istio-istiod-two")).not.toHaveProperty("global.proxy");
    expect(VALUES(resources, "istio-cni")).toMatchObject({ image: `${image("install-cni", "1.32.0")}@${ONE}` });
  });

  it("reaches the rate limit service", async () => {
    const valkey = `docker.io/valkey/valkey:${product.valkey}`;
    const resources = await declared(`
      images: { pin: { "registry.example.com/limit:1": "${ONE}", "${valkey}": "${TWO}" } }
      rateLimitService: { images: { ratelimit: "registry.example.com/limit:1" } }
      traffic: { reviews: { rateLimit: { scope: mesh, requests: 100, per: 1m } } }`);
    expect(images(resources)).toEqual(
      expect.arrayContaining([`registry.example.com/limit:1@${ONE}`, `${valkey}@${TWO}`]),
    );
  });

  const release = "registry.istio.io/release";
  it.each<[why: string, yaml: string, said: string]>([
    ["the digest has another form", `images: { pin: { "${release}/pilot:1.31.1": sha256:abc } }`, "must be a digest"],
    ["the digest is no text", `images: { pin: { "${release}/pilot:1.31.1": 5 } }`, "must be a digest"],
    ["there is no map", "images: { pin: [a] }", "must be a map from images to digests"],
    ["the key is another", "images: { pins: {} }", "did you mean pin?"],
    [
      "the image has another tag by now",
      `images: { pin: { "${release}/proxyv2:1.30.0": "${ONE}" } }`,
      `mesh:images.pin["${release}/proxyv2:1.30.0"] is no image of this stack that could take a digest; its tag is another one now: pin that with its own digest, or remove this one`,
    ],
    [
      "its name is misspelt",
      `images: { pin: { "${release}/pilt:1.31.1": "${ONE}" } }`,
      "is no image of this stack that could take a digest; `make preview ARGS=--diff` shows those that it has",
    ],
    ["no image is like it", `images: { pin: { nothing: "${ONE}" } }`, "is no image of this stack"],
    ["nobody runs it", `images: { pin: { "${release}/install-cni:1.31.1": "${ONE}" } }`, "is no image of this stack"],
    [
      "its key is a secret of objects",
      `images: { pin: { __proto__x: "${ONE}", constructor: "${ONE}" } }`,
      "is no image",
    ],
    [
      "it has a digest already",
      `applications: { shop: { services: { cart: { port: 1, versions: { v1: { image: "a/b:1@${ONE}" } } } } } }
images: { pin: { "a/b:1": "${ONE}" } }`,
      "is no image of this stack that could take a digest",
    ],
    [
      "Bookinfo is off",
      `bookinfo: { enabled: false }\nimages: { pin: { "docker.io/curlimages/curl:${product.curl}": "${ONE}" } }`,
      "is no image",
    ],
    [
      "other sections are wrong too",
      `bookinfo: { images: 5, ratings: 7 }\nistio: 5\nimages: { pin: { a: "${ONE}" } }`,
      "mesh:bookinfo.images",
    ],
  ])("is refused where %s", (_, yaml, said) => {
    expect(words(yaml).join("\n")).toContain(said);
  });
});
