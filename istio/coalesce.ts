/** One of the variables that COALESCE chooses from. */
export interface Choice {
  readonly command: string;
  readonly param?: string;
  readonly max_length?: number;
}

/** The variables in the argument of COALESCE; undefined if it is not as Envoy reads it. */
export function coalesceChoices(argument: string): readonly Choice[] | undefined {
  const { operators } = Object(json(argument)) as { readonly operators?: unknown };
  if (!Array.isArray(operators) || operators.length === 0) return undefined;
  const choices = operators.map((one: unknown) => (typeof one === "string" ? { command: one } : one));
  return choices.every(isChoice) ? choices : undefined;
}

function isChoice(choice: unknown): choice is Choice {
  if (typeof choice !== "object" || choice === null || Array.isArray(choice)) return false;
  const { command, param = "", max_length = 1 } = choice as Readonly<Record<string, unknown>>;
  if (typeof command !== "string" || typeof param !== "string") return false;
  return Number.isInteger(max_length) && Number(max_length) > 0;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
