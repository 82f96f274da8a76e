// The programs that the tools call: what is on PATH if it is new enough, else the official release, else the Go module.
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import aws from "@pulumi/aws/package.json" with { type: "json" };
import eks from "@pulumi/eks/package.json" with { type: "json" };
import { cacheFolder } from "../../lib/cache.ts";
import { say } from "../../lib/progress.ts";
import { outcomeOf } from "../../lib/run.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { installStandIns } from "../../testbed/pulumi/install.ts";
import { programs } from "../../versions.ts";
import { reachable, release, releaseEntry, type Release } from "./release.ts";

const architecture = process.arch === "x64" ? { node: "x64", go: "amd64" } : { node: process.arch, go: process.arch };

const releases = {
  pulumi: {
    name: "pulumi",
    version: programs.pulumi,
    archive: `https://github.com/pulumi/pulumi/releases/download/v${programs.pulumi}/pulumi-v${programs.pulumi}-${process.platform}-${architecture.node}.tar.gz`,
    checksums: `https://github.com/pulumi/pulumi/releases/download/v${programs.pulumi}/pulumi-${programs.pulumi}-checksums.txt`,
    folder: "pulumi",
  },
  helm: {
    name: "helm",
    version: programs.helm,
    archive: `https://get.helm.sh/helm-v${programs.helm}-${process.platform}-${architecture.go}.tar.gz`,
    checksums: `https://get.helm.sh/helm-v${programs.helm}-${process.platform}-${architecture.go}.tar.gz.sha256sum`,
    folder: `${process.platform}-${architecture.go}`,
  },
} satisfies Record<string, Release>;

/** The engine's home in the cache. */
const PULUMI_HOME = "pulumi-home";

/** The plugins, in the versions that belong to the SDKs, and where their makers publish them. */
const plugins = {
  kubernetes: { version: programs.kubernetesPlugin, host: "https://github.com/pulumi/pulumi-kubernetes" },
  aws: { version: aws.version, host: "https://github.com/pulumi/pulumi-aws" },
  eks: { version: eks.version, host: "https://github.com/pulumi/pulumi-eks" },
} as const;

/** The entries of the cache in which releases and plugins of these versions are, where they could be had. */
export const releaseEntries = (): string[] => [
  ...Object.values(releases).map(releaseEntry),
  ...Object.entries(plugins).map(([name, { version }]) => `${PULUMI_HOME}/plugins/resource-${name}-v${version}`),
];

/** What a run needs besides the language host and Kubernetes. */
export interface Needs {
  /** The stack makes a cluster in AWS. */
  readonly aws?: boolean;
}

/** What the engine runs with. */
export interface Engine {
  /** Environment variables on top of this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands in for a plugin that cannot be had, by the plugin's name. */
  readonly standIns: readonly string[];
}

/** The Pulumi engine without plugins, and the folder that holds it: enough to read a state. */
export async function pulumiAlone(): Promise<{ readonly env: Record<string, string>; readonly folder: string }> {
  const folder = await folderOf("pulumi", ["version"]);
  const env = {
    PATH: pathWith(folder),
    PULUMI_HOME: pulumiHome(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The program and the policy pack start anew at every preview.
    NODE_COMPILE_CACHE: join(cacheFolder(), "compiled-js"),
    // What a stack needs is installed here: the engine would fetch the plugin of every SDK in package.json, that of AWS for a local cluster as well.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  return { env, folder };
}

/** The Pulumi engine with its plugins, installed where they are missing. */
export async function engine(needs: Needs = {}): Promise<Engine> {
  const { env, folder: pulumi } = await pulumiAlone();
  const language = !existsSync(join(pulumi, "pulumi-language-nodejs")) && !onPath("pulumi-language-nodejs");
  const kubernetes = !(await hasPlugin("kubernetes", env));
  // One without the other is of no use: what the EKS plugin composes, the AWS plugin makes.
  const aws = needs.aws === true && !((await hasPlugin("aws", env)) && (await hasPlugin("eks", env)));
  const standIns = [
    ...(language ? ["the Node.js language host"] : []),
    ...(kubernetes ? ["the Kubernetes plugin"] : []),
    ...(aws ? [CLOUD] : []),
  ];
  if (standIns.length === 0) return { env, standIns };

  const folder = await installStandIns(join(cacheFolder(), "stand-ins"), { language, kubernetes, aws });
  const helm = kubernetes ? await helmFolder() : "";
  return { env: { ...env, PATH: pathWith(folder, pulumi, helm) }, standIns };
}

const pathWith = (...folders: string[]): string => [...folders.filter(Boolean), process.env.PATH ?? ""].join(delimiter);

/** How the stand-ins for the plugins of AWS and EKS are called in `standIns`. */
export const CLOUD = "the AWS and EKS plugins";

/** The folder that holds helm. */
export const helmFolder = (): Promise<string> => folderOf("helm", ["version", "--template", "{{.Version}}"]);

/** The folder that holds the program in a version that is new enough; empty if that is on PATH. */
async function folderOf(name: "pulumi" | "helm", versionArgs: string[]): Promise<string> {
  const found = await outcomeOf(name, versionArgs).catch(() => undefined);
  if (found?.exitCode === 0 && atLeast(found.stdout, programs[name])) return "";
  return (await release(releases[name])) ?? (await goPrograms(name));
}

/** Whether the version is the wanted one or later; both as `1.2.3`, with or without a leading v. */
export function atLeast(version: string, wanted: string): boolean {
  const numbers = (text: string) => (/(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  const [have, need] = [numbers(version), numbers(wanted)];
  const first = need.findIndex((part, i) => part !== have[i]);
  return have.length > 0 && (first < 0 || (have[first] ?? 0) > (need[first] ?? 0));
}

/** The user's own home of Pulumi, where a login is kept. */
export const ownPulumiHome = (): string => process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");

/** The user's own home of Pulumi if there is one that can be used, with its plugins; else one in the cache, so that nothing is left behind. */
function pulumiHome(): string {
  const own = ownPulumiHome();
  try {
    accessSync(own, constants.W_OK);
    return own;
  } catch {
    const home = join(cacheFolder(), PULUMI_HOME);
    // The engine would say it after it has begun.
    if (existsSync(home)) accessSync(home, constants.R_OK | constants.W_OK);
    return home;
  }
}

async function hasPlugin(name: keyof typeof plugins, env: Record<string, string>): Promise<boolean> {
  if (onPath(`pulumi-resource-${name}`)) return true;
  const { version, host } = plugins[name];
  const listed = await outcomeOf("pulumi", ["plugin", "ls", "--json"], { env });
  const found = JSON.parse(listed.exitCode === 0 ? listed.stdout : "[]") as { name: string; version?: string }[];
  if (found.some((plugin) => plugin.name === name && plugin.version === version)) return true;
  if (!(await reachable(host))) return false;
  const installed = await outcomeOf("pulumi", ["plugin", "install", "resource", name, `v${version}`], { env });
  if (installed.exitCode !== 0) say(`the plugin ${name} could not be installed: ${installed.stderr.trim()}`);
  return installed.exitCode === 0;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}
