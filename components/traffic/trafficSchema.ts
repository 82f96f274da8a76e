import * as field from "../../lib/schema/fields.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { reporting } from "../arguments.ts";
import { checkHostTraffic, hostTrafficFields, type HostTrafficOptions } from "./hostTrafficOptions.ts";
import { routedHost } from "./routing/routing.ts";

/** What a stack file says about the traffic to one host. */
export interface HostTrafficSection extends HostTrafficOptions {
  /**
   * The host as clients call it, where the key is another name.
   * @default - the key
   */
  readonly host?: string;

  /**
   * Namespace of the service, or of those who call a host outside; one of the stack's own.
   * @default - Bookinfo's
   */
  readonly namespace?: string;
}

const host = field.section({ ...hostTrafficFields, namespace: field.namespace.exactOptional() });

/** Hosts and what happens to the requests for them: exactly the arguments of `HostTraffic`. */
export const traffic = field
  .named(routedHost, host, "hosts to what happens to their requests")
  .superRefine((hosts, context) => {
    const report = reporting(context);
    for (const [name, args] of Object.entries<unknown>(hosts)) {
      if (typeof args !== "object" || args === null || Array.isArray(args)) continue;
      checkHostTraffic(name, mapOf(args), (path, reason) => {
        report([name, ...path], reason);
      });
    }
  }, field.always)
  .transform((hosts): Readonly<Record<string, HostTrafficSection>> => hosts);
