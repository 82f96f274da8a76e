// What may stand in the cache, by name: nothing else is taken from an archive, or freed, whatever folder MESH_CACHE names.

/** What is made once for a version, and is the same wherever it is: this is handed on. */
const LASTING = [
  /^programs\/[a-z][a-z0-9-]*-[0-9a-f]{12}$/,
  /^images\/[a-z][a-z0-9-]*-[0-9a-f]{12}\.tar$/,
  /^releases\/[a-z]+-\d[\w.-]*$/,
  /^pulumi-home\/plugins\/resource-[a-z]+-v\d[\w.-]*$/,
  /^(botocore|check-jsonschema|checkov|cyclonedx|envoy|istio-module|mermaid|moto|node|pre-commit)-\d[\w.-]*$/,
  /^(debian|redis)$/,
];

/** What belongs to this machine, and comes back by itself. */
const PASSING = [
  /^(compiled|compiled-js|unreachable)$/,
  /^go-(build|path)$/,
  /^npm-cache$/,
  /^pulumi-home\/(logs|workspaces)$/,
  /^mesh-check-\d+-\d+$/,
  /^stand-ins\/[\w-]+$/,
  /^instances\/\d+$/,
];

/** What is being made, or what a run that was killed has left: an entry's name and the process, which is the first group. */
export const HALF_MADE = /\.partial-(\d+)(-[a-z]+)?$/;

/** Whether the name is that of an entry that can be handed on. */
export const isLasting = (name: string): boolean => LASTING.some((pattern) => pattern.test(name));

/** Where an archive is unpacked before its entries are moved to their places. */
export const UNPACKED = "unpacked";

/** Whether the name is that of anything that the project puts into its cache. */
export function isOurs(name: string): boolean {
  const whole = name.replace(HALF_MADE, "");
  if (whole !== name) return whole === UNPACKED || isLasting(whole);
  return isLasting(name) || PASSING.some((pattern) => pattern.test(name));
}
