import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import { mapOf } from "../../../lib/untrusted.ts";
import { isTooFar, MOST_MINORS } from "../upgradeSteps.ts";

const revision = field.text(
  /^[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?$/,
  "must be the name of a revision: small letters, digits and hyphens, such as 1-31-1",
);

/** The part of the section `istio` that is about control planes side by side. */
export const revisionFields = {
  revision: revision.exactOptional(),
  canary: field
    .section({
      version: field.version,
      revision,
      namespaces: z.array(field.dnsLabel, { error: "must be a list of namespaces" }).exactOptional(),
    })
    .exactOptional(),
  defaultRevision: revision.exactOptional(),
  tags: field.named(revision, revision, "tags to revisions").exactOptional(),
};

/** Rules about revisions; the settings may be anything. */
export function revisionRules(settings: object, context: z.core.$RefinementCtx): void {
  const issue = (path: readonly string[], message: string) => {
    context.addIssue({ code: "custom", path: [...path], message });
  };
  const istio = settings as Readonly<Record<string, unknown>>;
  const canary = mapOf(istio.canary);
  if (istio.revision === undefined) {
    for (const key of ["canary", "defaultRevision", "tags"]) {
      const message =
        "needs a revision: two control planes without names cannot live side by side; set mesh:istio.revision";
      if (istio[key] !== undefined) issue([key], message);
    }
    return;
  }
  for (const [path, named, version] of [
    [["revision"], istio.revision, istio.version],
    [["canary", "revision"], canary.revision, canary.version],
  ] as const) {
    const isVersion = typeof named === "string" && /^\d+-\d+-\d+$/.test(named) && typeof version === "string";
    if (isVersion && named !== version.replaceAll(".", "-")) {
      issue(
        [...path],
        "is the name of another version than the one beside it: with the next version comes the next name",
      );
    }
  }
  if (istio.revision === "default") {
    issue(["revision"], "must not be default, which is what a control plane without a revision is called");
  }
  if (canary.revision === istio.revision) {
    issue(["canary", "revision"], "is that of the first control plane: name it after its version");
  }
  if (istio.canary !== undefined && mapOf(istio.images).tag !== undefined) {
    issue(["images", "tag"], "has no place beside canary: both versions would have this tag; leave it out");
  }
  if (typeof istio.version === "string" && typeof canary.version === "string") {
    if (isTooFar(istio.version, canary.version, "beside")) {
      const most = `${MOST_MINORS.beside} minor versions`;
      issue(["canary", "version"], `must be at most ${most} from mesh:istio.version: go by a version between`);
    }
  }
  const known = [istio.revision, canary.revision];
  const unknown = "is no revision of this stack: name mesh:istio.revision or mesh:istio.canary.revision";
  if (istio.defaultRevision !== undefined && !known.includes(istio.defaultRevision))
    issue(["defaultRevision"], unknown);
  for (const [tag, target] of Object.entries(mapOf(istio.tags))) {
    if (known.includes(tag)) issue(["tags", tag], "is the name of a revision: a tag needs another one");
    if (typeof target === "string" && !known.includes(target)) issue(["tags", tag], unknown);
  }
}
