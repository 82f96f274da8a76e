import spawn, { SubprocessError, type Options } from "nano-spawn";

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and returns what it printed; a failure is an error that ends with its last words. */
export async function run(program: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await outcomeOf(program, args, options);
  if (exitCode === 0) return stdout;
  const words = (stderr || stdout).trim().split("\n").slice(-12).join("\n");
  throw new Error(`${program} ${args[0] ?? ""} failed (exit code ${exitCode}):\n${words}`);
}

/**
 * Runs a program to its end, however that may be.
 * @throws Error if the program cannot be started at all
 */
export async function outcomeOf(program: string, args: readonly string[], options: Options = {}): Promise<Outcome> {
  try {
    const { stdout, stderr } = await spawn(program, args, options);
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error;
    const { code, syscall } = (error.cause ?? {}) as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new NotFound(program, error);
    if (syscall?.startsWith("spawn")) throw new Error(`${program} cannot be started (${code ?? ""})`, { cause: error });
    return { exitCode: error.exitCode ?? 1, stdout: error.stdout, stderr: error.stderr };
  }
}

/** The program is not on PATH. */
export class NotFound extends Error {
  constructor(program: string, cause: unknown) {
    super(`${program} is not on PATH`, { cause });
  }
}
