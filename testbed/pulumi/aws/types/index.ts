import { clusterTypes } from "./cluster.ts";
import { eventTypes } from "./events.ts";
import { identityTypes } from "./identity.ts";
import { networkTypes } from "./network.ts";
import { recordTypes } from "./records.ts";
import type { AwsType } from "./type.ts";

/** Every type that the stand-in knows, by its token. */
export const TYPES: Readonly<Record<string, AwsType>> = {
  ...networkTypes,
  ...identityTypes,
  ...recordTypes,
  ...clusterTypes,
  ...eventTypes,
};
