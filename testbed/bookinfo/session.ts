/**
 * The session of the sample: it says who is signed in, and proves nothing, since every password is right. So the cookie
 * holds the bare name, unsigned, and every replica of productpage understands it without a shared key.
 */
const COOKIE = "session";

/** What may stand in a header: no control characters, and not the whole book. */
const USER = /^[^\p{Cc}]{1,100}$/u;

export function isUser(name: string): boolean {
  return USER.test(name);
}

export function signedIn(user: string): string {
  return `${COOKIE}=${Buffer.from(user, "utf8").toString("base64url")}; HttpOnly; SameSite=Lax; Path=/`;
}

export function signedOut(): string {
  return `${COOKIE}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0`;
}

/** The user whom a Cookie header names, if any. */
export function userOf(cookies: string | undefined): string | undefined {
  for (const cookie of cookies?.split(";") ?? []) {
    const [name, value] = cookie.trim().split("=", 2);
    if (name === COOKIE && value !== undefined) {
      const user = Buffer.from(value, "base64url").toString("utf8");
      return isUser(user) ? user : undefined;
    }
  }
  return undefined;
}
