import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dump, load } from "js-yaml";
import { Clone } from "./clone.ts";

// What a message says is typed as it stands, in a clone; the engine that encrypts is the real one.
let clone: Clone;
/** A team's stacks have their state where plain Pulumi has it. */
let TEAM: Record<string, string>;
beforeAll(async () => {
  const backend = mkdtempSync(join(tmpdir(), "backend-"));
  TEAM = { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "plain" };
  clone = await Clone.of(TEAM);
});
afterAll(() => {
  clone.remove();
  rmSync(TEAM.PULUMI_BACKEND_URL?.slice("file://".length) ?? "", { recursive: true });
});

// Each command starts the tools and the engine anew: a few seconds, many on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

/** As long as a key of Kiali has to be. */
const SECRET = "correct-horse-battery-staple-and";
const CLUSTER = { "mesh:cluster": { kubeconfig: "nowhere.yaml", context: "nowhere" } };
/** What follows the settings: the stack's cluster is not there. */
const SETTINGS_ARE_RIGHT = /nowhere\.yaml/;

const version = (secretEnv: object) => ({
  shop: { services: { cart: { port: 8080, versions: { v1: { image: "ghcr.io/acme/cart:1.4.0", ...secretEnv } } } } },
});

/** A stack file that asks for every secret there is, or that has each for everybody to read. */
const asks = {
  "mesh:bookinfo": { ratings: { database: "mysql" } },
  "mesh:observability": { grafana: {} },
  "mesh:applications": version({}),
};
const readable = {
  "mesh:bookinfo": { ratings: { database: "mysql", password: SECRET } },
  "mesh:observability": { grafana: { password: SECRET }, kiali: { signingKey: SECRET } },
  "mesh:applications": version({ secretEnv: { TOKEN: SECRET } }),
};
const KEYS = [
  "mesh:applications.shop.services.cart.versions.v1.secretEnv.TOKEN",
  "mesh:bookinfo.ratings.password",
  "mesh:observability.grafana.password",
  "mesh:observability.kiali.signingKey",
];

let number = 0;
/** A stack of its own, whose file says this. */
const stackOf = async (config: object) => {
  const stack = `secrets-${++number}`;
  const file = join(clone.folder, `Pulumi.${stack}.yaml`);
  const say = (settings: object) => {
    const keys = existsSync(file) ? (load(readFileSync(file, "utf8")) as object) : {};
    writeFileSync(file, dump({ ...keys, config: { ...CLUSTER, ...settings } }));
  };
  say({ "mesh:observability": { enabled: false } });
  await clone.makeWell("init", `STACK=${stack}`);
  say(config);
  return { stack, say };
};

/** Types a command of a message; what it asks for comes by its standard input. */
function type(command: string, input: string) {
  const child = spawn("sh", ["-c", command], { cwd: clone.folder, env: { ...process.env, MAKEFLAGS: "", ...TEAM } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(input);
  return new Promise<{ exitCode: number | null; output: string }>((resolve) => {
    child.on("close", (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}

/** The commands of a message. */
const waysOut = (output: string) =>
  [...output.matchAll(/set it with: (.*)$/gm)].map(([, command = ""]) => command.trim());
const keysOf = (commands: readonly string[]) => commands.map((command) => /'(mesh:.*)'/.exec(command)?.[1]);

describe("with make, what a message says about a secret holds literally", () => {
  it("wherever anyone can read one in the stack file, before the stack has ever been up", async () => {
    const { stack, say } = await stackOf(readable);
    const refused = await clone.make("preview", `STACK=${stack}`);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).not.toContain(SECRET);
    for (const key of KEYS) expect(refused.output).toContain(`${key} is readable in the stack file: remove it there`);
    expect(keysOf(waysOut(refused.output))).toEqual(KEYS);

    say(asks);
    for (const command of waysOut(refused.output)) {
      const set = await type(command, SECRET);
      expect(set, set.output).toMatchObject({ exitCode: 0 });
    }
    const again = await clone.make("preview", `STACK=${stack}`);
    expect(again.output).not.toContain("wrong in Pulumi");
    expect(again.output).toMatch(SETTINGS_ARE_RIGHT);
    const file = readFileSync(join(clone.folder, `Pulumi.${stack}.yaml`), "utf8");
    expect(file.match(/secure:/g)).toHaveLength(KEYS.length);
    expect(file).not.toContain(SECRET);
  });

  it("where one is missing, and for another one later", async () => {
    const { stack } = await stackOf({ ...asks, "mesh:observability": { enabled: false } });
    const refused = await clone.make("preview", `STACK=${stack}`);
    expect(refused.output).toContain("mesh:bookinfo.ratings.password is missing: MySQL needs one");
    const [command = ""] = waysOut(refused.output);
    for (const password of ["first", "second"]) {
      const set = await type(command, password);
      expect(set, set.output).toMatchObject({ exitCode: 0 });
    }
    expect((await clone.make("preview", `STACK=${stack}`)).output).toMatch(SETTINGS_ARE_RIGHT);
  });

  it("a value that is no secret is refused for the stack local, and so is a secret that has no place", async () => {
    const plain = await clone.make("pulumi", "ARGS=config set mesh:profile production");
    expect(plain.exitCode).not.toBe(0);
    expect(plain.output).toContain("Pulumi.local.yaml");
    const lost = await type(`make pulumi ARGS="config set --secret --path mesh:bookinfo.ratings.password"`, "early");
    expect(lost.exitCode).not.toBe(0);
    expect(lost.output).toContain("no section for the secret mesh:bookinfo.ratings.password");
    const nobody = await clone.make("pulumi", "STACK=nobody", "ARGS=config set --secret mesh:a b");
    expect(nobody.output).toContain("there is no stack nobody");
  });
});

describe("with plain Pulumi, what a message says about a secret holds literally", () => {
  it("everything that a stack lacks, or that anyone can read in its file", async () => {
    const { stack } = await stackOf({ ...asks, "mesh:applications": readable["mesh:applications"] });
    const made = await type(`pulumi stack select ${stack}`, "");
    expect(made, made.output).toMatchObject({ exitCode: 0 });
    const { output } = await type("pulumi preview --non-interactive", "");
    const commands = waysOut(output);
    expect(keysOf(commands)).toEqual(KEYS);
    for (const command of commands) {
      const set = await type(command, SECRET);
      expect(set, `${command}\n${set.output}`).toMatchObject({ exitCode: 0 });
    }
    const again = await type("pulumi preview --non-interactive", "");
    expect(again.output).not.toContain("wrong in Pulumi");
    expect(again.output).toMatch(SETTINGS_ARE_RIGHT);
    expect(readFileSync(join(clone.folder, `Pulumi.${stack}.yaml`), "utf8")).not.toContain(SECRET);
  });
});
