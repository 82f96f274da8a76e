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
