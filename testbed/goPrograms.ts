// Programs built from their Go modules: `programs/<group>/` pins each group with a go.mod and a go.sum of its own. What several
// groups are built upon they pin in one version, so that it is compiled once: test/versions.test.ts holds them to it.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { cached, cacheFolder, keyOf } from "../lib/cache.ts";
import { step } from "../lib/progress.ts";
import { NotFound, run } from "../lib/run.ts";
import { product, programs, testbed } from "../versions.ts";
import { addonPrograms } from "./addonPrograms.ts";

interface Group {
  /** Variables of the programs that hold their version. */
  readonly stamps?: Readonly<Record<string, string>>;
  /** Build tags. */
  readonly tags?: readonly string[];
  /** Files that the programs read beside themselves: where they stand in which module. */
  readonly beside?: { readonly module: string; readonly files: readonly string[] };
  /** The module some of whose files are replaced by those of the group's folder `instead`, laid out as in the module. */
  readonly instead?: string;
  /** Roughly how long the first build takes on two cores. */
  readonly expected: string;
}

/** The line of Istio whose state the module is. */
const istioMinor = /^\d+\.\d+/.exec(product.istio)?.[0] ?? "";
const minorBefore = istioMinor.replace(/\d+$/, (minor) => String(Number(minor) - 1));
const [, kubernetesMinor = ""] = testbed.kubernetes.split(".");

/** Checks of Envoy's messages that no program calls: Istio leaves them out of its own builds as well. */
const WITHOUT_CHECKS = ["disable_pgv"];

/** The groups, by the name of their folder; those that take longest first. */
const groups = {
  kubernetes: {
    stamps: {
      "k8s.io/component-base/version.gitVersion": `v${testbed.kubernetes}`,
      "k8s.io/component-base/version.gitMajor": "1",
      "k8s.io/component-base/version.gitMinor": kubernetesMinor,
    },
    expected: "about 8 min beside others",
  },
  pulumi: {
    stamps: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${programs.pulumi}` },
    tags: WITHOUT_CHECKS,
    expected: "about 4 min, more beside others",
  },
  istio: {
    stamps: { "istio.io/istio/pkg/version.buildVersion": `${istioMinor}.0` },
    tags: WITHOUT_CHECKS,
    expected: "about 6 min beside others",
  },
  ...addonPrograms,
  helm: {
    stamps: {
      "helm.sh/helm/v3/internal/version.version": `v${programs.helm}`,
      // What `helm template` takes the cluster to be; without it, a Kubernetes of years ago.
      "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": "1",
      "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": kubernetesMinor,
    },
    expected: "about 1 min",
  },
  ratelimit: { tags: WITHOUT_CHECKS, expected: "about 30 s" },
  coredns: { expected: "about 20 s" },
  etcd: { expected: "about 20 s" },
  pause: { expected: "a few seconds" },
} as const satisfies Record<string, Group>;

/** What only some tests and `make generate` need. */
const forTests = {
  "kubernetes-plugin": {
    stamps: { "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": testbed.kubernetesPluginModule },
    tags: WITHOUT_CHECKS,
    beside: {
      module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
      files: ["schema.json", "terraform-mapping.json"].map((name) => `cmd/pulumi-resource-kubernetes/${name}`),
    },
    expected: "about 4 min",
  },
  // Control plane and agent of the minor version before, for an upgrade with traffic. They have the dependencies of their own time.
  "istio-before": {
    stamps: { "istio.io/istio/pkg/version.buildVersion": `${minorBefore}.0` },
    tags: WITHOUT_CHECKS,
    expected: "about 8 min",
  },
  // Prints what istiod knows of Envoy's API, for tools/generate/envoyTypes.ts.
  "envoy-types": { tags: WITHOUT_CHECKS, expected: "about 1 min" },
} as const satisfies Record<string, Group>;

export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];

type AnyGroup = GroupName | keyof typeof forTests;
/** All groups, those for tests as well. */
export const allGroupNames = [...groupNames, ...Object.keys(forTests)] as AnyGroup[];

/** The folder that holds the programs of a group, built on first use. */
export async function goPrograms(name: AnyGroup): Promise<string> {
  const { group, folder, files, flags } = buildOf(name);
  return cached(programsEntry(name), (target) =>
    step(
      `building ${name}`,
      async () => {
        // A folder with a main.go is one program; the others list theirs as tools of the module.
        const what = files.includes("main.go") ? "." : "tool";
        const build = (cwd: string) => go(cwd, ["build", ...flags, "-o", `${target}/`, what]);
        await (group.instead ? withReplaced(folder, group.instead, build) : build(folder));
        for (const file of group.beside?.files ?? []) {
          cpSync(join(await moduleFolder(folder, group.beside?.module ?? ""), file), join(target, basename(file)));
        }
      },
      group.expected,
    ),
  );
}

/** The group's entry in the cache. */
export function programsEntry(name: AnyGroup): string {
  const { folder, files, flags } = buildOf(name);
  const key = keyOf(process.platform, process.arch, ...flags, ...files.map((file) => readFileSync(join(folder, file))));
  return `programs/${name}-${key}`;
}

function buildOf(name: AnyGroup): { group: Group; folder: string; files: string[]; flags: string[] } {
  const group: Group = { ...groups, ...forTests }[name];
  const folder = folderOf(name);
  const stamps = Object.entries(group.stamps ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
  const tags = group.tags ? ["-tags", group.tags.join()] : [];
  // Nobody debugs them: without what debuggers read they are compiled a tenth faster.
  const flags = ["-trimpath", ...tags, "-gcflags=all=-dwarf=false", "-ldflags", ["-s", "-w", ...stamps].join(" ")];
  return { group, folder, files: filesIn(folder), flags };
}

/** Builds all groups; while one is compiled, the next is already being downloaded. */
export async function allGoPrograms(): Promise<void> {
  // First, and alone, a small one that holds most of what the others share: two at once would both compile it.
  await goPrograms("helm");
  const waiting = groupNames.filter((name) => name !== "helm");
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await goPrograms(name);
  };
  await Promise.all([worker(), worker()]);
}

/** What of the Istio module is read: kept in the cache, so that whoever has that needs neither Go nor its proxy. */
const ISTIO_PARTS = [
  "manifests/charts",
  "samples",
  "tests/integration/pilot/testdata/gateway-api-crd.yaml",
  "tools/packaging/common/envoy_bootstrap.json",
];

/** The entry in the cache of what is read of the Istio module. */
export const ISTIO_MODULE = `istio-module-2-${testbed.istioModule}`;

/** A folder laid out as the Istio module, with its charts (`manifests/charts`) and its samples. */
export function istioModule(): Promise<string> {
  return cached(ISTIO_MODULE, async (target) => {
    const module = await moduleFolder(folderOf("istio"), "istio.io/istio");
    for (const part of ISTIO_PARTS) {
      mkdirSync(dirname(join(target, part)), { recursive: true });
      await run("cp", ["-r", "--no-preserve=mode", join(module, part), join(target, part)]);
    }
  });
}

/** The same of the minor version before, for tests of an upgrade; fetched when it is asked for. */
export const istioModuleBefore = (): Promise<string> => moduleFolder(folderOf("istio-before"), "istio.io/istio");

async function moduleFolder(cwd: string, module: string): Promise<string> {
  return (JSON.parse(await go(cwd, ["mod", "download", "-json", module])) as { Dir: string }).Dir;
}

/** Builds where a copy of the module, with files of `instead` in place of its own, is what the group is built from. */
async function withReplaced(folder: string, module: string, build: (cwd: string) => Promise<unknown>): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "go-"));
  try {
    for (const file of ["go.mod", "go.sum"]) cpSync(join(folder, file), join(work, file));
    await run("cp", ["-r", "--no-preserve=mode", await moduleFolder(folder, module), join(work, "module")]);
    cpSync(join(folder, "instead"), join(work, "module"), { recursive: true });
    writeFileSync(join(work, "go.mod"), `replace ${module} => ./module\n`, { flag: "a" });
    await build(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const folderOf = (name: string): string => join(import.meta.dirname, "programs", name);

/** The files of a group's folder, by their path in it, in one order. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

/**
 * Compilers are short-lived: collecting their garbage takes a fifth of the time that a build takes. They begin to do so only
 * where up to four of them, two builds of two, would need more than half of the memory.
 */
const compiler = { GOGC: "off", GOMEMLIMIT: String(Math.floor(freemem() / 8)) };

async function go(cwd: string, args: string[]): Promise<string> {
  try {
    const env = { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false", ...compiler };
    // What Go compiles is a matter of gigabytes: it is kept with the rest, where `make clean-cache` frees it.
    const isChosen = (await run("go", ["env", "-changed", "GOCACHE"])).trim() !== "";
    const compiled = isChosen ? {} : { GOCACHE: join(cacheFolder(), "go-build") };
    return await run("go", args, { cwd, env: { ...env, ...compiled } });
  } catch (error) {
    if (error instanceof NotFound) {
      throw new Error(
        "the testbed is built with Go, which is not on PATH: install Go 1.26 or later (https://go.dev/dl), or give a cluster with CONTEXT=…",
        { cause: error },
      );
    }
    throw error;
  }
}
