import { clients } from "./acrossTheStack/clients.ts";
import { ports } from "./acrossTheStack/ports.ts";
import { protocols } from "./acrossTheStack/protocols.ts";
import { targets } from "./acrossTheStack/targets.ts";
import { waysIn } from "./acrossTheStack/waysIn.ts";
import type { Mistake } from "./mistake.ts";

/** Mistakes that show beside the rest of the stack only. */
export const acrossTheStack: readonly Mistake[] = [...ports, ...protocols, ...targets, ...clients, ...waysIn];
