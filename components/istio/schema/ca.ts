import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import type { CaArgs } from "../ca/caArgs.ts";
import { caProblems } from "../ca/certificates.ts";

const pem = z.string({ error: "must be PEM, as a text of several lines: write `|` behind the colon, and indent them" });

const secret = field
  // Whether the key is there is asked with the other secrets: it may be encrypted elsewhere.
  .section({ certificate: pem, key: pem.exactOptional(), chain: pem.exactOptional(), root: pem })
  .superRefine((parts, context) => {
    for (const { field: part, reason } of caProblems(parts)) {
      context.addIssue({ code: "custom", path: [part], message: reason });
    }
  }, field.always);

const certManager = field.section({
  address: field
    .text(/^[a-z0-9][-a-z0-9.]*:\d{1,5}$/, "must be a host and a port, such as istio-csr.cert-manager.svc:443")
    .exactOptional(),
});

/** Who signs the certificates of the mesh. */
export const ca = field
  .oneKey(
    field.section({ secret: secret.exactOptional(), certManager: certManager.exactOptional() }),
    "must name one authority: secret or certManager",
  )
  .transform((authority) => authority as CaArgs);
