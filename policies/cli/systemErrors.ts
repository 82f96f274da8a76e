import { getSystemErrorMap } from "node:util";

/** What the system says is wrong, without the name of the call and of the file. */
export function systemReason(error: unknown): string {
  const { errno, code } = error as NodeJS.ErrnoException;
  const [, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return words ?? code ?? "the system does not say why";
}
