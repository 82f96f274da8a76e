import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const httpAbortWithStatus = warned({
  id: "http-abort-with-status",
  title: "A fault that aborts requests sets a status.",
  rationale: "Without a status Envoy aborts nothing, and the failure test tests nothing.",
  remediation: "Set httpStatus, such as 503, or grpcStatus, such as UNAVAILABLE, or remove the abort.",
  kinds: ["VirtualService"],
  // istiod's webhook knows it, and drops the warning on its way.
  codes: [],

  *check({ spec }) {
    for (const abort of places(spec, "http[].fault.abort")) {
      const statuses = ["httpStatus", "grpcStatus", "http2Error"].map((name) => abort.at(name));
      if (statuses.every((status) => status.isAbsent())) yield at(abort, "add an httpStatus or a grpcStatus");
    }
  },
});
