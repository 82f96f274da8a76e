const both = (name: string) => [name, `not${name.charAt(0).toUpperCase()}${name.slice(1)}`] as const;

/** Attributes of a source, each for and against. */
export const SOURCE_LISTS = [
  "principals",
  "requestPrincipals",
  "namespaces",
  "serviceAccounts",
  "trustDomains",
  "ipBlocks",
  "remoteIpBlocks",
].flatMap(both);

/** Attributes of an operation, each for and against. */
export const OPERATION_LISTS = ["hosts", "ports", "methods", "paths"].flatMap(both);

/** Attributes that a connection has which is not HTTP. */
export const TCP_SOURCE_LISTS = ["principals", "namespaces", "serviceAccounts", "ipBlocks", "remoteIpBlocks"].flatMap(
  both,
);
