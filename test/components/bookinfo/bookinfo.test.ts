import { describe, expect, it } from "vitest";
import { Application } from "../../../components/application/application.ts";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { bookinfoApplication, type BookinfoArgs, type RatingsDatabase } from "../../../components/bookinfo/bookinfo.ts";
import { find, hasSamples, sample, type Manifest } from "../../charts.ts";
import { record, type Recorded } from "../../recorder.ts";
import { mesh } from "../mesh.ts";

const KNOWN = /^(mesh:application|kubernetes:(test|core|apps)\/v1):/;

const args: BookinfoArgs = {
  namespace: "bookinfo",
  hosts: ["bookinfo.example.com"],
  images: { registry: "registry.istio.io/release", tag: "1.20.3", client: "docker.io/curlimages/curl:8.16.0" },
  client: false,
};

const recordBookinfo = (more: Partial<BookinfoArgs> = {}) =>
  record(() => {
    const { services } = bookinfoApplication({ ...args, ...more });
    new Application("bookinfo", { namespace: new MeshNamespace("bookinfo"), services, profile: "demo", mesh: mesh() });
  }, KNOWN);

const namesOf = (resources: readonly Recorded[], kind: string) =>
  resources
    .filter(({ type }) => type.endsWith(`:${kind}`))
    .map(({ inputs }) => (inputs.metadata as { name: string }).name);

describe("Bookinfo", () => {
  it("is four services, reviews in three versions", async () => {
    const resources = await recordBookinfo();
    expect(namesOf(resources, "Service").sort()).toEqual(["details", "productpage", "ratings", "reviews"]);
    expect(namesOf(resources, "Deployment").sort()).toEqual([
      "details-v1",
      "productpage-v1",
      "ratings-v1",
      "reviews-v1",
      "reviews-v2",
      "reviews-v3",
    ]);
  });

  it.each<[ratings: RatingsDatabase, deployments: string[], service: string]>([
    [{ database: "mongodb" }, ["mongodb-v1", "ratings-v1", "ratings-v2"], "mongodb"],
    [{ database: "mysql", password: "s3cret" }, ["mysqldb-v1", "ratings-v1", "ratings-v2-mysql"], "mysqldb"],
  ])("with %j has a second version of ratings and its database", async (ratings, deployments, service) => {
    const resources = await recordBookinfo({ ratings });
    expect(
      namesOf(resources, "Deployment")
        .filter((name) => /ratings|db/.test(name))
        .sort(),
    ).toEqual(deployments);
    expect(namesOf(resources, "Service")).toContain(service);
    const readable = resources.filter(({ type }) => !type.endsWith(":Secret"));
    expect(JSON.stringify(readable)).not.toContain("s3cret");
  });

  it("has a client that nobody calls, if asked for", async () => {
    const resources = await recordBookinfo({ client: true });
    expect(namesOf(resources, "Deployment")).toContain("sleep-v1");
    expect(namesOf(resources, "Service")).not.toContain("sleep");
  });

  it("is open to the outside at the paths of its page, and no others", () => {
    expect(bookinfoApplication(args).exposure).toEqual({
      service: "productpage",
      hosts: ["bookinfo.example.com"],
      paths: [
        { exact: "/productpage" },
        { exact: "/login" },
        { exact: "/logout" },
        { prefix: "/static" },
        { prefix: "/api/v1/products" },
      ],
    });
  });

  it("pulls its images as it is told", () => {
    expect(bookinfoApplication({ ...args, images: { ...args.images, pullPolicy: "Always" } })).toMatchObject({
      imagePullPolicy: "Always",
    });
    expect(bookinfoApplication(args)).not.toHaveProperty("imagePullPolicy");
  });
});

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object; readonly annotations?: object };
      readonly spec: {
        readonly serviceAccountName?: string;
        readonly containers: readonly {
          readonly name: string;
          readonly image: string;
          readonly args?: readonly string[];
          readonly ports: readonly object[];
          readonly env?: readonly { readonly name: string; readonly value: string }[];
          readonly volumeMounts?: readonly { readonly mountPath: string }[];
        }[];
      };
    };
  };
}

describe.skipIf(!hasSamples)("Bookinfo is that of Istio's samples (needs ISTIO_CHARTS of Istio's source)", () => {
  const KUBE = "bookinfo/platform/kube";
  const objectsOf = async (more: Partial<BookinfoArgs>) =>
    (await recordBookinfo(more)).map(({ type, inputs }) => ({ ...inputs, kind: type.split(":").at(-1) }) as Manifest);

  it.each<[file: string, more: Partial<BookinfoArgs>]>([
    ["bookinfo.yaml", {}],
    ["bookinfo-ratings-v2.yaml", { ratings: { database: "mongodb" } }],
    ["bookinfo-db.yaml", { ratings: { database: "mongodb" } }],
    ["bookinfo-ratings-v2-mysql.yaml", { ratings: { database: "mysql", password: "password" } }],
    ["bookinfo-mysql.yaml", { ratings: { database: "mysql", password: "password" } }],
  ])("as in %s", async (file, more) => {
    const ours = await objectsOf(more);
    for (const theirs of sample(`${KUBE}/${file}`)) {
      const { name } = theirs.metadata;
      if (theirs.kind === "Service") {
        const { ports, selector } = theirs.spec as { ports: object[]; selector: object };
        expect(find(ours, "Service", name).spec).toEqual({ ports, selector });
      } else if (theirs.kind === "Deployment") {
        expect(factsOf(find(ours, "Deployment", name)), name).toEqual(expectedOf(theirs));
      }
    }
  });
});

function factsOf(manifest: Manifest) {
  const { metadata, spec } = (manifest as unknown as Deployment).spec.template;
  return {
    labels: metadata.labels,
    containers: spec.containers.map(({ name, image, ports, env = [], volumeMounts = [] }) => ({
      name,
      image,
      ports,
      env: env.map(({ name, value }) => `${name}=${value}`),
      writable: volumeMounts.map(({ mountPath }) => mountPath).sort(),
    })),
  };
}

/** What we take from the sample, and add: folders for temporary files, and no password that anyone can read. */
function expectedOf(manifest: Manifest) {
  const { containers, ...facts } = factsOf(manifest);
  return {
    ...facts,
    containers: containers.map(({ writable, env, ...container }) => ({
      ...container,
      name: container.name.trim(),
      env: env.filter((variable) => !variable.includes("PASSWORD")),
      writable: [...new Set([...writable, "/tmp"])].sort(),
    })),
  };
}
