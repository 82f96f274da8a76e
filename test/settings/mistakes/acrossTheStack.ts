import { clients } from "./acrossTheStack/clients";
import { ports } from "./acrossTheStack/ports";
import { protocols } from "./acrossTheStack/protocols";
import { targets } from "./acrossTheStack/targets";
import { waysIn } from "./acrossTheStack/waysIn";
import type { Mistake } from "./mistake";

/** Mistakes that show beside the rest of the stack only. */
export const acrossTheStack: readonly Mistake[] = [...ports, ...protocols, ...targets, ...clients, ...waysIn];
