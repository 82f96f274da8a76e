// As much of GitHub's API as the workflows take, for the repository `acme/mesh`.
import { pageOf, serve, type Body, type Route, type Served } from "./server.ts";

interface Author {
  readonly user: { readonly type: string };
}

export interface Comment extends Author {
  readonly id: number;
  body: string;
}

export interface Issue extends Author {
  readonly number: number;
  title: string;
  body: string;
  state: string;
  readonly pull_request?: object;
}

export interface PullRequest {
  readonly number: number;
  readonly head: { readonly sha: string; readonly label: string };
}

export interface GithubStandIn extends Served {
  readonly comments: readonly Comment[];
  readonly issues: readonly Issue[];
  readonly releases: readonly (Body & { readonly id: number })[];
}

/** What GitHub takes at most, in characters. */
const LONGEST = { body: 65_536, notes: 125_000, title: 256 };

const BOT = { user: { type: "Bot" } };

interface Before {
  readonly comments?: readonly Comment[];
  readonly issues?: readonly Issue[];
  readonly pullRequests?: readonly PullRequest[];
}

/** @param before what is there already */
export async function githubStandIn(token: string, before: Before = {}): Promise<GithubStandIn> {
  const comments = [...(before.comments ?? [])];
  const issues = [...(before.issues ?? [])];
  const releases: (Body & { id: number })[] = [];
  const route = (
    call: string,
    answer: Route["answer"],
    needs: readonly string[] = [],
    takes: readonly string[] = [],
  ) => {
    const [method = "", path = ""] = call.split(" ");
    return { method, path: new RegExp(`^/repos/acme/mesh${path}$`), answer, needs, takes };
  };
  const routes: Route[] = [
    route(String.raw`GET /issues/(\d+)/comments`, ({ query }) => pageOf(comments, query)),
    route(
      String.raw`POST /issues/(\d+)/comments`,
      ({ body }) => {
        comments.push({ id: comments.length + 1, body: short(body.body), ...BOT });
        return {};
      },
      ["body"],
    ),
    route(
      String.raw`PATCH /issues/comments/(\d+)`,
      ({ parts: [id], body }) =>
        changed(
          comments.find((one) => one.id === Number(id)),
          { body: short(body.body) },
        ),
      ["body"],
    ),
    route("GET /issues", ({ query }) =>
      pageOf(
        issues.filter(({ state }) => state === query.get("state")),
        query,
      ),
    ),
    route(
      "POST /issues",
      ({ body: { title, body } }) => {
        const text = { title: short(title, LONGEST.title), body: short(body) };
        issues.push({ number: issues.length + 1, ...text, state: "open", ...BOT });
        return {};
      },
      ["title", "body"],
    ),
    route(
      String.raw`PATCH /issues/(\d+)`,
      ({ parts: [number], body }) =>
        changed(
          issues.find((one) => one.number === Number(number)),
          body,
        ),
      [],
      ["title", "body", "state"],
    ),
    route("GET /releases/tags/(.+)", ({ parts: [tag] }) => releases.find(({ tag_name }) => tag_name === tag)),
    route(
      "POST /releases",
      ({ body }) => {
        releases.push({ id: releases.length + 1, ...body, body: short(body.body, LONGEST.notes) });
        return {};
      },
      ["tag_name"],
      ["name", "body", "draft", "prerelease"],
    ),
    route(
      String.raw`PATCH /releases/(\d+)`,
      ({ parts: [id], body }) =>
        changed(
          releases.find((one) => one.id === Number(id)),
          body,
        ),
      [],
      ["tag_name", "name", "body", "draft", "prerelease"],
    ),
    route("GET /pulls", ({ query }) =>
      pageOf(
        (before.pullRequests ?? []).filter(({ head }) => head.label === query.get("head")),
        query,
      ),
    ),
  ];
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
  };
  return { ...(await serve(headers, routes)), comments, issues, releases };
}

function short(text: unknown, longest = LONGEST.body): string {
  if (typeof text !== "string" || text.length > longest) throw new Error("the text is too long");
  return text;
}

const changed = (found: object | undefined, body: Body): object | undefined => found && Object.assign(found, body);
