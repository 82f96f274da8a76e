// Container images packed from programs of this machine, under the names that the charts and manifests ask for.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { buildSync } from "esbuild";
import { cached, cacheFolder, keyOf } from "../lib/cache.ts";
import { step } from "../lib/progress.ts";
import { outcomeOf, run } from "../lib/run.ts";
import { product, testbed } from "../versions.ts";
import { addonPrograms } from "./addonPrograms.ts";
import type { GroupName } from "./goPrograms.ts";
import { pack, type Config, type Recipe } from "./packImage.ts";
import type { Programs } from "./parts.ts";
import { PAUSE_IMAGE } from "./node/worker.ts";

/** The name and tag that Istio's charts are told to use on the testbed. */
export const ISTIO_IMAGES = { hub: "local", tag: "dev" } as const;

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

/** The recipes by their entries in the cache. */
function imageRecipes(programs: Programs): Record<string, { name: string; recipe: Recipe }> {
  const recipes = recipesOf(programs, bundled("bookinfo/main.ts"), bundled("placeholder/main.ts"));
  const makers = [import.meta.filename, join(import.meta.dirname, "packImage.ts")].map((file) => readFileSync(file));
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
    pilot: {
      images: {
        [`docker.io/${ISTIO_IMAGES.hub}/pilot:${ISTIO_IMAGES.tag}`]: {
          entrypoint: ["/usr/local/bin/pilot-discovery"],
          user: "1337:1337",
        },
      },
      made: [programs.istio],
      fill: async (root) => {
        base(root);
        await install(program("istio", "pilot-discovery"), root, "/usr/local/bin/pilot-discovery");
      },
    },
    proxy: {
      images: {
        [`docker.io/${ISTIO_IMAGES.hub}/proxyv2:${ISTIO_IMAGES.tag}`]: {
          entrypoint: ["/usr/local/bin/pilot-agent"],
          environment: { ISTIO_META_ISTIO_PROXY_SHA: `envoy:${testbed.envoy}` },
        },
      },
      made: [programs.istio, programs.envoy],
      fill: (root) => proxy(root, programs),
    },
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
  const application = (service: string, version: string): [string, Config] => [
    `registry.istio.io/release/examples-bookinfo-${service}${version && `-${version}`}:${product.bookinfo}`,
    { command: ["node", "/app/app.cjs"], user: "1000:1000", environment: { SERVICE: service, VERSION: version } },
  ];
  const services = { productpage: ["v1"], details: ["v1", "v2"], ratings: ["v1", "v2"], reviews: ["v1", "v2", "v3"] };
  return Object.fromEntries([
    ...Object.entries(services).flatMap(([service, versions]) =>
      versions.map((version) => application(service, version)),
    ),
    application("mongodb", ""),
    application("mysqldb", ""),
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

async function proxy(root: string, programs: Programs): Promise<void> {
  base(root);
  await shell(root);
  await install(join(programs.istio, "pilot-agent"), root, "/usr/local/bin/pilot-agent");
  await install(programs.envoy, root, "/usr/local/bin/envoy");
  const bootstrap = join(programs.istioModule, "tools/packaging/common/envoy_bootstrap.json");
  copy(bootstrap, join(root, "var/lib/istio/envoy/envoy_bootstrap_tmpl.json"));
  // The init container redirects the pod's traffic with iptables, in whichever flavour the kernel has.
  const flavours = { "xtables-nft-multi": ["", "-nft"], "xtables-legacy-multi": ["-legacy"] };
  for (const [program, suffixes] of Object.entries(flavours)) {
    await install(await which(program), root, `/usr/sbin/${program}`);
    for (const suffix of suffixes) {
      for (const family of ["iptables", "ip6tables"]) {
        for (const verb of ["", "-save", "-restore"])
          symlinkSync(program, join(root, "usr/sbin", family + suffix + verb));
      }
    }
  }
  const extensions = await run("find", ["/usr/lib", "-path", "*/xtables/*.so"]);
  for (const extension of extensions.split("\n")) await install(extension, root, extension);
  await install(await which("nft"), root, "/usr/sbin/nft");
  copy("/etc/protocols", join(root, "etc/protocols"));
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

/** The folders and files that every program expects. */
function base(root: string): void {
  for (const folder of ["etc", "proc", "sys", "dev", "run", "root", "var/run", "var/lib", "usr/bin", "bin"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  mkdirSync(join(root, "tmp"));
  chmodSync(join(root, "tmp"), 0o1777);
  const users = { root: 0, "istio-proxy": 1337, user: 1000, nobody: 65534 };
  const lines = (line: (name: string, id: number) => string) =>
    `${Object.entries(users)
      .map(([name, id]) => line(name, id))
      .join("\n")}\n`;
  writeFileSync(
    join(root, "etc/passwd"),
    lines((name, id) => `${name}:x:${id}:${id}::/tmp:/bin/sh`),
  );
  writeFileSync(
    join(root, "etc/group"),
    lines((name, id) => `${name}:x:${id}:`),
  );
  writeFileSync(join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  copy("/etc/ssl/certs/ca-certificates.crt", join(root, "etc/ssl/certs/ca-certificates.crt"));
}

/** A shell and the few programs that people call from one. */
async function shell(root: string): Promise<void> {
  await install("/bin/dash", root, "/bin/sh");
  for (const program of ["ls", "cat", "sleep", "id", "ip", "curl", "env", "date", "hostname"]) {
    await install(await which(program), root, `/usr/bin/${program}`);
  }
  // The resolver loads these by name: no program says that it needs them.
  const names = ["libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2"];
  const libraries = await run("find", ["/lib/", "-regextype", "posix-extended", "-regex", `.*/(${names.join("|")})`]);
  for (const library of libraries.split("\n").filter(Boolean)) copy(library, join(root, library));
}

/** Copies a program with the shared libraries that it names, some of them perhaps of a folder of its own. */
async function install(program: string, root: string, target: string, own = ""): Promise<void> {
  copy(program, join(root, target));
  // A static program has none, which ldd calls a failure.
  const { stdout } = await outcomeOf("ldd", [program], { env: { LD_LIBRARY_PATH: own } });
  for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
    const isOwn = own !== "" && library.startsWith(own);
    copy(library, join(root, isOwn ? join("usr/lib", basename(library)) : library));
  }
}

function copy(from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function which(program: string): Promise<string> {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
  return run("sh", ["-c", `command -v "$0"`, program], { env: { PATH: path } });
}
