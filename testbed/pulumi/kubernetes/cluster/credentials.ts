import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Fields } from "../../provider/values/value.ts";

/** What a request shows of who we are. */
export interface Identity {
  readonly token?: string | undefined;
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
}

/** A token is asked for anew so long before it expires, in milliseconds. */
const MARGIN = 60_000;

/** Who we are, from a kubeconfig's user: certificate, token, file of a token, or a program that says it (`aws eks get-token`). */
export class Credentials {
  readonly #user: Fields;
  #asked: Promise<Identity> | undefined;
  #expires = Infinity;

  constructor(user: Fields) {
    this.#user = user;
  }

  identity(): Promise<Identity> {
    if (Date.now() > this.#expires) this.forget();
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  /** Makes the next request ask anew, as after an answer 401; returns whether that can help. */
  forget(): boolean {
    this.#asked = undefined;
    return Boolean(this.#user.exec ?? this.#user.tokenFile);
  }

  async #ask(): Promise<Identity> {
    const { token, tokenFile, exec } = this.#user;
    const certificate = { cert: readPem(this.#user, "client-certificate"), key: readPem(this.#user, "client-key") };
    if (token) return { ...certificate, token };
    if (tokenFile) {
      this.#expires = Date.now() + MARGIN; // whoever writes the file may replace it
      return { ...certificate, token: readFileSync(tokenFile, "utf8").trim() };
    }
    return exec ? { ...certificate, ...(await this.#run(exec)) } : certificate;
  }

  async #run(exec: Fields): Promise<Identity> {
    const own: Fields[] = exec.env ?? [];
    const info = { apiVersion: exec.apiVersion, kind: "ExecCredential", spec: { interactive: false } };
    const env = {
      ...process.env,
      KUBERNETES_EXEC_INFO: JSON.stringify(info),
      ...Object.fromEntries(own.map(({ name, value }) => [name, value])),
    };
    try {
      const { stdout } = await promisify(execFile)(exec.command, exec.args ?? [], { env });
      const { status } = JSON.parse(stdout);
      const expires = status.expirationTimestamp ? Date.parse(status.expirationTimestamp) - MARGIN : Infinity;
      this.#expires = expires;
      return {
        token: status.token,
        ...(status.clientCertificateData && { cert: status.clientCertificateData, key: status.clientKeyData }),
      };
    } catch (error) {
      this.#asked = undefined;
      const { code } = error as NodeJS.ErrnoException;
      const why = code === "ENOENT" ? "it is not on PATH" : "run it by hand to see why";
      throw new Error(`the kubeconfig's program "${exec.command}" gave no credentials: ${why}`, { cause: error });
    }
  }
}

/** A certificate or key that stands in a kubeconfig as `<name>-data`, or in the file named by `<name>`. */
export function readPem(entry: Fields, name: string): Buffer | undefined {
  if (entry[`${name}-data`]) return Buffer.from(entry[`${name}-data`], "base64");
  return entry[name] ? readFileSync(entry[name]) : undefined;
}
