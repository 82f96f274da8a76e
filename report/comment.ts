// The one comment on a pull request that holds the report.

/** A code host's API, as GitHub has it, and the pull request. */
export interface Place {
  /** Such as `https://api.github.com`. */
  readonly api: string;
  /** `<owner>/<name>`. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user?: { readonly type?: string } | null;
}

/** GitHub's largest page. */
const PAGE = 100;

/**
 * Writes the comment, or writes it anew where it is there.
 *
 * @param mark - by which the comment is known again; it stands in the text
 * @see https://docs.github.com/en/rest/issues/comments
 */
export async function comment(place: Place, mark: string, text: string): Promise<"created" | "updated"> {
  const { api, repository, pullRequest } = place;
  const issues = `${api}/repos/${repository}/issues`;
  const found = await ownComment(place, `${issues}/${pullRequest}/comments`, mark);
  if (found === undefined) {
    await ask(place, "POST", `${issues}/${pullRequest}/comments`, { body: text });
    return "created";
  }
  await ask(place, "PATCH", `${issues}/comments/${found.id}`, { body: text });
  return "updated";
}

/** Anybody can write the mark into a comment: only that of a bot is ours. */
async function ownComment(place: Place, url: string, mark: string): Promise<Comment | undefined> {
  for (let page = 1; ; page += 1) {
    const comments = (await ask(place, "GET", `${url}?per_page=${PAGE}&page=${page}`)) as readonly Comment[];
    const found = comments.find(({ body, user }) => user?.type === "Bot" && body?.startsWith(mark) === true);
    if (found !== undefined || comments.length < PAGE) return found;
  }
}

async function ask({ token }: Place, method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the code host answers ${answer.status} to ${method} ${new URL(url).pathname}`);
  return answer.json();
}
