// Where the testbed's load balancer has published Services: it notes that in a file, and the tools read it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../lib/wholeFile.ts";
import type { Instance } from "./instance.ts";

/** Port of the loopback by `namespace/service:port`. */
export type Published = Record<string, number>;

const publishedFile = (instance: Instance): string => join(instance.folder, "published.json");

export function publishedPorts(instance: Instance): Published {
  const file = publishedFile(instance);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Published) : {};
}

export function savePublishedPorts(instance: Instance, published: Published): void {
  if (JSON.stringify(published) === JSON.stringify(publishedPorts(instance))) return;
  writeWhole(publishedFile(instance), JSON.stringify(published));
}
