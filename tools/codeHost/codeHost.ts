// What the workflows have a code host write down. A mark at the beginning of a text is by which it is known again.

export interface CodeHost {
  /** Writes the one comment on a pull request, or writes it anew. */
  comment(pullRequest: number, mark: string, text: string): Promise<"created" | "updated">;
  /**
   * Opens an issue, or writes it anew; closes it where there is nothing to say.
   * @param text begins with the mark
   */
  issue(mark: string, title: string, text: string | undefined): Promise<"opened" | "updated" | "closed" | "not needed">;
  /** Makes the release of a tag, or writes its notes anew. */
  release(tag: string, notes: string, isPreview: boolean): Promise<"created" | "updated">;
}

type Call = () => Promise<unknown>;

/** Writes anew what is there, or makes it. */
export async function put<T>(
  own: T | undefined,
  create: Call,
  update: (own: T) => Promise<unknown>,
): Promise<"created" | "updated"> {
  await (own === undefined ? create() : update(own));
  return own === undefined ? "created" : "updated";
}

/** Opens an issue or writes it anew, where there is something to say; closes it where there is not. */
export async function putIssue<T>(
  own: T | undefined,
  text: string | undefined,
  {
    open,
    update,
    close,
  }: {
    readonly open: Call;
    readonly update: (own: T) => Promise<unknown>;
    readonly close: (own: T) => Promise<unknown>;
  },
): ReturnType<CodeHost["issue"]> {
  if (text !== undefined) return (await put(own, open, update)) === "created" ? "opened" : "updated";
  if (own === undefined) return "not needed";
  await close(own);
  return "closed";
}
