// Container images packed from programs of this machine, under the names that the charts and manifests ask for.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { buildSync } from "esbuild";
import { cached, cacheFolder, keyOf } from "../lib/cache.ts";
import { step } from "../lib/progress.ts";
import { run } from "../lib/run.ts";
import { product } from "../versions.ts";
import { addonPrograms } from "./addonPrograms.ts";
import type { GroupName } from "./goPrograms.ts";
import { base, copy, install, shell } from "./imageFiles.ts";
import { ISTIO_IMAGES, istioRecipes } from "./istioImages.ts";
import { pack, type Config, type Recipe } from "./packImage.ts";
import type { Programs } from "./parts.ts";
import { PAUSE_IMAGE } from "./node/worker.ts";

/** The archives of all images, packed on first use. */
export function imageArchives(programs: Programs): Promise<string[]> {
  return Promise.all(
    Object.entries(imageRecipes(programs)).map(([entry, { name, recipe }]) =>
      cached(entry, (target) => step(`packing the ${name} image`, () => pack(recipe, target))),
    ),
  );
}

/** The entries of the images in the cache. */
export const imageEntries = (programs: Programs): string[] => Object.keys(imageRecipes(programs));

/** What the images are made by: another text, other images. */
const MAKERS = ["images.ts", "istioImages.ts", "imageFiles.ts", "packImage.ts"];

/** The recipes by their entries in the cache. */
function imageRecipes(programs: Programs): Record<string, { name: string; recipe: Recipe }> {
  const recipes = recipesOf(programs, bundled("bookinfo/main.ts"), bundled("placeholder/main.ts"));
  const makers = MAKERS.map((file) => readFileSync(join(import.meta.dirname, file)));
  return Object.fromEntries(
    Object.entries(recipes).map(([name, recipe]) => {
      // In a cache of another place the same programs are the same.
      const made = recipe.made.map((part) => (typeof part === "string" ? relative(cacheFolder(), part) : part));
      return [`images/${name}-${keyOf(...makers, JSON.stringify(recipe.images), ...made)}.tar`, { name, recipe }];
    }),
  );
}

function recipesOf(programs: Programs, bookinfo: Buffer, placeholder: Buffer): Record<string, Recipe> {
  const tools = Object.keys(addonPrograms) as (keyof typeof addonPrograms)[];
  const program = (group: GroupName, name: string) => join(programs[group], name);
  const alone = (name: (typeof tools)[number]): Recipe => ({
    images: { [`docker.io/local/${name}:dev`]: { entrypoint: [`/bin/${name}`], user: "65534:65534" } },
    made: [programs[name]],
    fill: async (root) => {
      base(root);
      await install(program(name, name), root, `/bin/${name}`);
    },
  });
  return {
    pause: {
      images: { [PAUSE_IMAGE]: { entrypoint: ["/pause"], user: "65535:65535" } },
      made: [programs.pause],
      fill: (root) => {
        copy(program("pause", "pause"), join(root, "pause"));
      },
    },
    coredns: {
      images: { "docker.io/local/coredns:dev": { entrypoint: ["/coredns"] } },
      made: [programs.coredns],
      fill: async (root) => {
        base(root);
        await install(program("coredns", "coredns"), root, "/coredns");
      },
    },
    ...istioRecipes(programs, ISTIO_IMAGES.tag),
    ...Object.fromEntries(tools.map((name) => [name, alone(name)])),
    ratelimit: {
      images: { [`docker.io/envoyproxy/ratelimit:${product.rateLimit}`]: { entrypoint: ["/bin/ratelimit"] } },
      made: [programs.ratelimit],
      fill: async (root) => {
        base(root);
        await install(program("ratelimit", "service_cmd"), root, "/bin/ratelimit");
      },
    },
    valkey: {
      images: { [`docker.io/valkey/valkey:${product.valkey}`]: { command: ["valkey-server"] } },
      made: [programs.redis],
      fill: (root) => redis(root, programs.redis),
    },
    bookinfo: {
      images: {
        ...bookinfoImages(),
        "docker.io/local/placeholder:dev": { command: ["node", "/app/placeholder.cjs"], user: "1000:1000" },
      },
      made: [Buffer.from(process.version), bookinfo, placeholder],
      fill: async (root) => {
        base(root);
        await shell(root);
        await install(process.execPath, root, "/usr/bin/node");
        mkdirSync(join(root, "app"));
        writeFileSync(join(root, "app/app.cjs"), bookinfo);
        writeFileSync(join(root, "app/placeholder.cjs"), placeholder);
      },
    },
  };
}

/** The sample's images and the client's: one stand-in application that an image tells which service it is. */
function bookinfoImages(): Record<string, Config> {
  const program = ["node", "/app/app.cjs"];
  const application = (service: string, version: string, start: Config = { command: program }): [string, Config] => [
    `registry.istio.io/release/examples-bookinfo-${service}${version && `-${version}`}:${product.bookinfo}`,
    { ...start, user: "1000:1000", environment: { SERVICE: service, VERSION: version } },
  ];
  const services = { productpage: ["v1"], details: ["v1", "v2"], ratings: ["v1", "v2"], reviews: ["v1", "v2", "v3"] };
  return Object.fromEntries([
    ...Object.entries(services).flatMap(([service, versions]) =>
      versions.map((version) => application(service, version)),
    ),
    // The real ones are given options, which would replace a command.
    application("mongodb", "", { entrypoint: program }),
    application("mysqldb", "", { entrypoint: program }),
    [`docker.io/curlimages/curl:${product.curl}`, { command: ["sh"], user: "1000:1000" }],
  ]);
}

/** A program of this folder and all that it imports, as one file. */
function bundled(program: string): Buffer {
  const entry = join(import.meta.dirname, program);
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    target: "node24",
    write: false,
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`nothing came of bundling ${entry}`);
  return Buffer.from(bundle.contents);
}

/** Debian's Redis in the place of Valkey, which came of it; as a server, the program is asked by another name. */
async function redis(root: string, unpacked: string): Promise<void> {
  base(root);
  const [libraries = ""] = (await run("find", [join(unpacked, "usr/lib"), "-name", "libjemalloc.so.2"])).split("\n");
  for (const [program, target] of [
    ["redis-check-rdb", "valkey-server"],
    ["redis-cli", "valkey-cli"],
  ] as const) {
    await install(join(unpacked, "usr/bin", program), root, `/usr/local/bin/${target}`, dirname(libraries));
  }
}
