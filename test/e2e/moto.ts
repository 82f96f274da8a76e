// S3 and KMS as moto speaks them: what the engine keeps a team's state in, and encrypts its secrets with.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { until } from "../../lib/process.ts";
import { pipFolder } from "../../tools/pip.ts";

export class Moto {
  readonly url: string;
  readonly process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.process = process;
  }

  /** As PyPI has it; about 20 seconds more at first. */
  static async start(): Promise<Moto> {
    const folder = await pipFolder("moto");
    const port = await freePort();
    const child = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
      env: { ...process.env, PYTHONPATH: folder },
      stdio: "ignore",
    });
    const url = `http://127.0.0.1:${port}`;
    await until("moto", 60, () =>
      fetch(`${url}/moto-api/`).then(
        () => true,
        () => undefined,
      ),
    );
    return new Moto(url, child);
  }

  /** For the engine, and whatever it starts. */
  get env(): Record<string, string> {
    const keys = { AWS_ACCESS_KEY_ID: "of-the-test", AWS_SECRET_ACCESS_KEY: "of-the-test" };
    return { ...keys, AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: this.url };
  }

  async bucket(name: string): Promise<void> {
    const body =
      "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
    const headers = { Authorization: authorization("s3") };
    const { status } = await fetch(`${this.url}/${name}`, { method: "PUT", body, headers });
    if (status !== 200) throw new Error(`the bucket was not made: ${status}`);
  }

  /** A key under a name, such as `alias/state`. */
  async key(alias: string): Promise<void> {
    const { KeyMetadata } = (await this.#kms("CreateKey", {})) as { KeyMetadata: { KeyId: string } };
    await this.#kms("CreateAlias", { AliasName: alias, TargetKeyId: KeyMetadata.KeyId });
  }

  async #kms(action: string, args: object): Promise<unknown> {
    const headers = {
      Authorization: authorization("kms"),
      "X-Amz-Target": `TrentService.${action}`,
      "Content-Type": "application/x-amz-json-1.1",
    };
    const response = await fetch(this.url, { method: "POST", headers, body: JSON.stringify(args) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text === "" ? {} : JSON.parse(text);
  }

  async stop(): Promise<void> {
    const gone = once(this.process, "exit");
    this.process.kill();
    await gone;
  }
}

/** Moto reads the service and the region of a signature, and believes the rest. */
const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=of-the-test/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
