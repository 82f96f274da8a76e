// All of them, in the order in which they are done and shown.
import { apiServer, deleted, deletedOfChart, finalizer, webhook } from "./cluster.ts";
import type { Fault } from "./fault.ts";
import { bookinfoKilled, drained, gatewayKilled, gatewayRolled, istiod } from "./mesh.ts";
import { charts, clock, otherChart } from "./outside.ts";
import { jaegerFull, prometheusFull } from "./tools.ts";
import { elsewhere, killed, locked, together } from "./ups.ts";

/** The faults by the headings of docs/faults.md. */
export const SECTIONS: Readonly<Record<string, readonly Fault[]>> = {
  "A run is interrupted, or meets another one": [killed, together],
  "The cluster is not as it was, or something does not answer": [
    ...[apiServer, deleted, deletedOfChart, webhook],
    ...[charts, otherChart, clock],
  ],
  "A part of the mesh goes while requests come in": [istiod, gatewayKilled, gatewayRolled, bookinfoKilled, drained],
  "The tools that look at the mesh are full": [prometheusFull, jaegerFull],
  "The end, and other checkouts": [finalizer, elsewhere, locked],
};
