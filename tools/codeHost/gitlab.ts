// GitLab's API, with the token of a project.
import { ask, firstOf, look, type Api } from "./api.ts";
import type { CodeHost } from "./codeHost.ts";

interface Author {
  readonly id: number;
}

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: Author;
}

interface Issue {
  readonly iid: number;
  readonly description: string | null;
  readonly author: Author;
}

/**
 * @param url such as `https://gitlab.com/api/v4`
 * @param project its number, or its path
 * @see https://docs.gitlab.com/api/rest/
 */
export function gitlab(url: string, project: string, token: string): CodeHost {
  const headers = { authorization: `Bearer ${token}` };
  const api: Api = { url: `${url}/projects/${encodeURIComponent(project)}`, headers };
  /** Anybody can write the mark into a text: only what the token's own user wrote is ours. */
  const self = async () => ((await ask({ url, headers }, "GET", "/user")) as Author).id;
  return {
    async comment(mergeRequest, mark, text) {
      const id = await self();
      const notes = `/merge_requests/${mergeRequest}/notes`;
      const own = await firstOf<Note>(api, notes, ({ body, author }) => author.id === id && body.startsWith(mark));
      if (own === undefined) await ask(api, "POST", notes, { body: text });
      else await ask(api, "PUT", `${notes}/${own.id}`, { body: text });
      return own === undefined ? "created" : "updated";
    },

    async issue(mark, title, text) {
      const id = await self();
      const open = `/issues?state=opened&author_id=${id}`;
      const own = await firstOf<Issue>(api, open, ({ description }) => description?.startsWith(mark) === true);
      if (text === undefined && own === undefined) return "not needed";
      if (own === undefined) await ask(api, "POST", "/issues", { title, description: text });
      else if (text === undefined) await ask(api, "PUT", `/issues/${own.iid}`, { state_event: "close" });
      else await ask(api, "PUT", `/issues/${own.iid}`, { title, description: text });
      if (own === undefined) return "opened";
      return text === undefined ? "closed" : "updated";
    },

    /** GitLab knows no releases that are previews. */
    async release(tag, notes) {
      const path = `/releases/${encodeURIComponent(tag)}`;
      const isMade = (await look(api, path)) !== undefined;
      if (isMade) await ask(api, "PUT", path, { name: tag, description: notes });
      else await ask(api, "POST", "/releases", { tag_name: tag, name: tag, description: notes });
      return isMade ? "updated" : "created";
    },
  };
}
