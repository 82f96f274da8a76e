// An image as an archive that `ctr images import` and `docker load` read.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../lib/run.ts";

export interface Config {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Recipe {
  /** The images that share these files, by their full name. */
  readonly images: Readonly<Record<string, Config>>;
  /** Whatever the files are made from, paths into the cache or contents; another key, another archive. */
  readonly made: readonly (string | Buffer)[];
  fill(root: string): Promise<void> | void;
}

/** Packs the files into an archive as `docker save` writes it: one layer, and an image for each name. */
export async function pack(recipe: Recipe, target: string): Promise<void> {
  const work = `${target}-work`;
  rmSync(work, { recursive: true, force: true });
  const root = join(work, "root");
  mkdirSync(root, { recursive: true });
  await recipe.fill(root);

  const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
  await run("tar", [...same, "-C", root, "-cf", join(work, "layer.tar"), ...readdirSync(root).sort()]);
  const digest = createHash("sha256")
    .update(readFileSync(join(work, "layer.tar")))
    .digest("hex");
  const manifest = Object.entries(recipe.images).map(([name, config]) => {
    const text = JSON.stringify(imageConfig(config, digest));
    const file = `${createHash("sha256").update(text).digest("hex")}.json`;
    writeFileSync(join(work, file), text);
    return { Config: file, RepoTags: [name], Layers: ["layer.tar"] };
  });
  writeFileSync(join(work, "manifest.json"), JSON.stringify(manifest));
  rmSync(root, { recursive: true });
  await run("tar", [...same, "-C", work, "-cf", target, ...readdirSync(work).sort()]);
  rmSync(work, { recursive: true });
  if (statSync(target).size === 0) throw new Error(`${target} is empty`);
}

function imageConfig({ entrypoint, command, user = "", environment = {} }: Config, layer: string) {
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: {
      Env: [path, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      Entrypoint: entrypoint,
      Cmd: command,
      User: user,
      WorkingDir: "/",
    },
    rootfs: { type: "layers", diff_ids: [`sha256:${layer}`] },
    history: [{ created_by: "testbed" }],
  };
}
