import { clusterTypes } from "./cluster";
import { eventTypes } from "./events";
import { identityTypes } from "./identity";
import { networkTypes } from "./network";
import { recordTypes } from "./records";
import type { AwsType } from "./type";

/** Every type that the stand-in knows, by its token. */
export const TYPES: Readonly<Record<string, AwsType>> = {
  ...networkTypes,
  ...identityTypes,
  ...recordTypes,
  ...clusterTypes,
  ...eventTypes,
};
