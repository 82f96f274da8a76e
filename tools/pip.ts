import awsData from "../components/cluster/eks/aws.json" with { type: "json" };
import { cached } from "../lib/cache.ts";
import { run } from "../lib/run.ts";
import { pypi } from "../versions.ts";

const { botocore } = awsData;

/** What tests call of PyPI: the packages of each, and the version of its entry. */
const forTests = {
  botocore: { version: botocore, packages: [`botocore==${botocore}`] },
  moto: {
    version: pypi.moto,
    packages: [`moto[s3,kms]==${pypi.moto}`, `flask==${pypi.flask}`, `flask-cors==${pypi["flask-cors"]}`],
  },
  "check-jsonschema": {
    version: pypi["check-jsonschema"],
    packages: [`check-jsonschema==${pypi["check-jsonschema"]}`],
  },
  "pre-commit": { version: pypi["pre-commit"], packages: [`pre-commit==${pypi["pre-commit"]}`] },
  cyclonedx: {
    version: pypi["cyclonedx-python-lib"],
    packages: [`cyclonedx-python-lib[json-validation]==${pypi["cyclonedx-python-lib"]}`],
  },
  checkov: { version: pypi.checkov, packages: [`checkov==${pypi.checkov}`] },
} as const;

type Name = keyof typeof forTests;

/** The entry of the packages in the cache. */
const entryOf = (name: Name): string => `${name}-${forTests[name].version}`;

/** The entries of all of them. */
export const pipEntries = (): string[] => Object.keys(forTests).map((name) => entryOf(name as Name));

/** The folder that holds the packages, for PYTHONPATH; installed on first use. */
export const pipFolder = (name: Name): Promise<string> =>
  cached(entryOf(name), (target) => pipInstall(target, forTests[name].packages));

/** Installs packages of PyPI into a folder of their own, e.g. `moto==5.2.5`; with `--no-deps` among the options, nothing else. */
export async function pipInstall(
  folder: string,
  packages: readonly string[],
  options: readonly string[] = [],
): Promise<void> {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"];
  await run("python3", [...pip, ...options, "--target", folder, ...packages]);
}
