// Traffic in files of its own: one a team, say, or as many as the hosts need.
import { join } from "node:path";
import { z } from "zod";
import * as field from "../lib/schema/fields.ts";
import { kindOf, type Problem } from "../lib/schema/problems.ts";
import { problemPlace } from "../lib/yaml/values.ts";
import { readYaml } from "../lib/yamlFile.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import { filesInside } from "./filesInside.ts";

const checkout = join(import.meta.dirname, "..");

/** Paths of files, from the folder of Pulumi.yaml on, or glob patterns of such. */
export const trafficFiles = z.array(
  field.text(/\.ya?ml$/, "must be the path of a .yaml file, from the folder of Pulumi.yaml on"),
  { error: "must be a list of paths" },
);

export interface WithTrafficFiles {
  /** The settings, with the hosts of all files beside those of the stack file. */
  readonly settings: Untrusted;
  /** The file of each host that the stack file does not have itself. */
  readonly fileOf: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads the files that the settings name. What is wrong with the hosts in them is for the schema to say. */
export function withTrafficFiles(settings: Untrusted, project: string, folder = checkout): WithTrafficFiles {
  const { traffic: own = {}, trafficFiles: named } = settings;
  const patterns = trafficFiles.safeParse(named);
  if (!patterns.success || kindOf(own) !== "a map") return { settings, fileOf: new Map(), problems: [] };

  const hosts = new Map(Object.entries(mapOf(own)));
  const fileOf = new Map<string, string>();
  const problems: Problem[] = [];
  const found = patterns.data.map((pattern) => filesInside(folder, pattern));
  for (const [index, entry] of found.entries()) {
    if ("wrong" in entry) problems.push({ path: `${project}:trafficFiles[${index}]`, reason: entry.wrong });
  }
  // By the place where the file really is: two ways may lead to it.
  const files = new Map(found.flatMap((entry) => ("files" in entry ? [...entry.files] : [])));
  for (const [place, file] of files) {
    const read = readYaml(place, "divide it into several files");
    if ("problems" in read) {
      problems.push(
        ...read.problems.map((problem) => {
          const place = problemPlace(problem);
          return { path: place ? `${file}: ${place}` : file, reason: problem.reason };
        }),
      );
      continue;
    }
    if (kindOf(read.value) !== "a map") {
      const reason = `must be a map from hosts to what happens to their requests; it is ${kindOf(read.value)}`;
      problems.push({ path: file, reason });
      continue;
    }
    for (const [host, rules] of Object.entries(mapOf(read.value))) {
      if (hosts.has(host)) {
        const first = fileOf.get(host) ?? `${project}:traffic`;
        problems.push({ path: `${file}: ${host}`, reason: `stands in ${first} already: a host has one place` });
      } else {
        hosts.set(host, rules);
        fileOf.set(host, file);
      }
    }
  }
  return { settings: { ...settings, traffic: Object.fromEntries(hosts) }, fileOf, problems };
}
