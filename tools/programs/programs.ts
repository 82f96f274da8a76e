// The programs that the tools call: what is on PATH if it is new enough, else the official release, else the Go module.
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../lib/cache";
import { say } from "../../lib/progress";
import { outcomeOf } from "../../lib/run";
import { goPrograms } from "../../testbed/goPrograms";
import { installStandIns } from "../../testbed/pulumi/install";
import { programs } from "../../versions";
import { reachable, release, type Release } from "./release";

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

const PLUGIN_HOST = "https://github.com/pulumi/pulumi-kubernetes";

/** What the engine runs with. */
export interface Engine {
  /** Environment variables on top of this process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands in for a plugin that cannot be had, by the plugin's name. */
  readonly standIns: readonly string[];
}

/** The Pulumi engine with its plugins, installed where they are missing. */
export async function engine(): Promise<Engine> {
  const home = pulumiHome();
  const pulumi = await folderOf("pulumi", ["version"]);
  const base = { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const path = (...folders: string[]) => [...folders.filter(Boolean), process.env.PATH ?? ""].join(delimiter);

  const language = !existsSync(join(pulumi, "pulumi-language-nodejs")) && !onPath("pulumi-language-nodejs");
  const kubernetes = !(await hasKubernetesPlugin({ ...base, PATH: path(pulumi) }));
  const standIns = [
    ...(language ? ["the Node.js language host"] : []),
    ...(kubernetes ? ["the Kubernetes plugin"] : []),
  ];
  if (standIns.length === 0) return { env: { ...base, PATH: path(pulumi) }, standIns };

  // A folder for each pair: two runs side by side may need different ones.
  const folder = join(cacheFolder(), "stand-ins", `${language ? "language" : ""}-${kubernetes ? "kubernetes" : ""}`);
  await installStandIns(folder, { language, kubernetes });
  const helm = kubernetes ? await helmFolder() : "";
  const offline = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
  return { env: { ...base, ...(kubernetes && offline), PATH: path(folder, pulumi, helm) }, standIns };
}

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

/** The user's own home of Pulumi if there is one, with its plugins; else one in the cache, so that nothing is left behind. */
function pulumiHome(): string {
  const own = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  return existsSync(own) ? own : join(cacheFolder(), "pulumi-home");
}

async function hasKubernetesPlugin(env: Record<string, string>): Promise<boolean> {
  if (onPath("pulumi-resource-kubernetes")) return true;
  const version = programs.kubernetesPlugin;
  const listed = await outcomeOf("pulumi", ["plugin", "ls", "--json"], { env });
  const plugins = JSON.parse(listed.exitCode === 0 ? listed.stdout : "[]") as { name: string; version?: string }[];
  if (plugins.some((plugin) => plugin.name === "kubernetes" && plugin.version === version)) return true;
  if (!(await reachable(PLUGIN_HOST))) return false;
  const installed = await outcomeOf("pulumi", ["plugin", "install", "resource", "kubernetes", `v${version}`], { env });
  if (installed.exitCode !== 0) say(`the Kubernetes plugin could not be installed: ${installed.stderr.trim()}`);
  return installed.exitCode === 0;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}
