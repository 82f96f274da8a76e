import { run } from "./run";

/** Installs packages of PyPI into a folder of their own, e.g. `moto==5.2.5`; with `--no-deps` among the options, nothing else. */
export async function pipInstall(
  folder: string,
  packages: readonly string[],
  options: readonly string[] = [],
): Promise<void> {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"];
  await run("python3", [...pip, ...options, "--target", folder, ...packages]);
}
