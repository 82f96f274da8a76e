import { mapFields, type Fields, type Value } from "../../provider/values/value.ts";

/** What the arguments of a Release are unless the program says otherwise, as with the real plugin. */
export const DEFAULTS: Fields = {
  allowNullValues: false,
  atomic: false,
  cleanupOnFail: false,
  createNamespace: false,
  dependencyUpdate: false,
  description: "",
  devel: false,
  disableCRDHooks: false,
  disableOpenapiValidation: false,
  disableWebhooks: false,
  forceUpdate: false,
  keyring: "",
  lint: false,
  postrender: "",
  recreatePods: false,
  renderSubchartNotes: false,
  replace: false,
  resetValues: false,
  reuseValues: false,
  skipAwait: false,
  skipCrds: false,
  timeout: 300,
  verify: false,
  waitForJobs: false,
};

type Flags = Record<string, string>;

/** Where a chart comes from: flags of every command of helm that reads one. */
export const CHART_FLAGS: Flags = { devel: "--devel", keyring: "--keyring", verify: "--verify", version: "--version" };

/** The part of `repositoryOpts` that helm takes as flags. A name and password never are: anybody may read a command line. */
export const REPOSITORY_FLAGS: Flags = { caFile: "--ca-file", certFile: "--cert-file", keyFile: "--key-file" };

const COMMON_FLAGS: Flags = {
  ...CHART_FLAGS,
  atomic: "--atomic",
  createNamespace: "--create-namespace",
  dependencyUpdate: "--dependency-update",
  description: "--description",
  disableOpenapiValidation: "--disable-openapi-validation",
  disableWebhooks: "--no-hooks",
  forceUpdate: "--force",
  postrender: "--post-renderer",
  renderSubchartNotes: "--render-subchart-notes",
  skipCrds: "--skip-crds",
  waitForJobs: "--wait-for-jobs",
};

export const INSTALL_FLAGS: Flags = { ...COMMON_FLAGS, replace: "--replace" };

export const UPGRADE_FLAGS: Flags = {
  ...COMMON_FLAGS,
  cleanupOnFail: "--cleanup-on-fail",
  maxHistory: "--history-max",
  resetValues: "--reset-values",
  reuseValues: "--reuse-values",
};

/** The arguments as helm's flags; those that are off or empty are left out. */
export function flagsOf(args: Fields, flags: Flags): string[] {
  return Object.entries(flags).flatMap(([argument, flag]) => {
    const value = args[argument];
    if (!value) return [];
    return value === true ? [flag] : [flag, String(value)];
  });
}

/** The values that helm gets: a null would delete the chart's own value, which Pulumi programs rarely mean. */
export function chartValues({ values, allowNullValues }: Fields): Fields {
  return allowNullValues ? (values ?? {}) : withoutNulls(values ?? {});
}

function withoutNulls(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const present = Object.fromEntries(Object.entries(value as Fields).filter(([, item]) => item !== null));
  return mapFields(present, withoutNulls);
}
