// What becomes of a finding before the engine hears of it.
import type { Kind, MeshObject } from "../model/mesh.ts";
import { isIgnored } from "../model/ignored.ts";
import { dayOf, exemptionOf, readExemptions } from "./exemptions.ts";
import { codesOf, type Finding, type Rule, type Settings } from "./rule.ts";

/** By which the engine calls the pack. */
export const PACK = "mesh";

/** What the engine prints before each finding of the rule. */
export const descriptionOf = ({ title, rationale }: Rule): string => `${title} ${rationale}`;

/** A component whose parts are made elsewhere, by the plugin of its package. */
export const isComponent = (kind: Kind): boolean => kind.startsWith("eks:");

/** Where something is wrong with the object, and what to do; nothing where the object is excused. */
export function textToReport(rule: Rule, finding: Finding, object: MeshObject, settings: Settings): string | undefined {
  const { path, message } = finding;
  const codes = codesOf(rule, finding);
  if (codes.length > 0 && codes.every((code) => isIgnored(object, code))) return undefined;
  const exemption = exemptionOf(readExemptions(settings), object, dayOf(new Date()));
  if (exemption?.holds) return undefined;
  const ended = exemption ? `; its exemption ended on ${exemption.until}` : "";
  return `${path === "" ? "" : `${path}: `}${message}${ended}`;
}
