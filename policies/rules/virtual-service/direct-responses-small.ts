import { sizeOf } from "./direct-responses.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

const KILOBYTE = 1024;

export const directResponsesSmall = warned({
  id: "direct-responses-small",
  title: "The body of a direct response is at most 100 kB.",
  rationale: "Istiod sends it to every proxy, and again with every change.",
  remediation: "Serve the body from a server that the route leads to, or shorten it to 100 kB.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const body of places(spec, "http[].directResponse.body")) {
      const size = sizeOf(body);
      if (size > 100 * KILOBYTE && size <= KILOBYTE * KILOBYTE) yield at(body, "serve the body from a server");
    }
  },
});
