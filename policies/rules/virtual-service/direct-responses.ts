import type { Field } from "../../model/field.ts";
import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

const MEGABYTE = 1024 * 1024;

export const directResponses = rejected({
  id: "direct-responses",
  title: "A direct response has a valid HTTP status, and a body of less than 1 MB.",
  remediation: "Use a status from 200 to 599, and route to a server if the body is larger than 1 MB.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const response of places(spec, "http[].directResponse")) {
      const status = response.at("status");
      const code = status.isAbsent() ? 0 : status.number();
      if (code !== undefined && (code < 200 || code > 600)) yield at(status, "use a status from 200 to 599");
      const body = response.at("body");
      if (sizeOf(body) > MEGABYTE) yield at(body, "serve the body from a server: istiod sends it to every proxy");
    }
  },
});

/** Bytes of the body of a direct response, as far as they are known. */
export function sizeOf(body: Field): number {
  const text = Buffer.byteLength(body.at("string").string() ?? "");
  return text > 0 ? text : Buffer.byteLength(body.at("bytes").string() ?? "", "base64");
}
