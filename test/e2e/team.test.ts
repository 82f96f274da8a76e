// A stack of a team: what one of them makes, with the tools or with plain Pulumi, the others find. About a minute and a half.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { load } from "js-yaml";
import { outcomeOf } from "../../lib/run.ts";
import { engine } from "../../tools/programs/programs.ts";
import { Clone, type Made } from "./clone.ts";
import { Moto } from "./moto.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const STACK = "team";
const FILE = `Pulumi.${STACK}.yaml`;
/** A cluster alone, with a secret: nothing has to be reached to preview it. */
const TEXT = `# What our team runs.
config:
  aws:region: eu-west-1
  mesh:scope: cluster
  mesh:cluster:
    eks:
      # Who may use it.
      access:
        ci: { principal: "arn:aws:iam::111122223333:role/mesh-ci", level: cluster-admin }
      nodes:
        default: { instanceTypes: [m7g.large], min: 2, max: 4 }
`;

let folder: string;
let moto: Moto;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "team-"));
  moto = await Moto.start();
  await moto.bucket("acme-state");
  await moto.key("alias/state");
});
afterAll(async () => {
  await moto.stop();
  rmSync(folder, { recursive: true });
});

/** What a team says once, and what all its runs have in their environment. */
interface Layout {
  readonly what: string;
  readonly env: () => Record<string, string>;
  readonly login: () => string;
  readonly init: string;
  readonly said: RegExp;
  readonly notes: string[];
}

const layouts: readonly Layout[] = [
  {
    what: "a folder, with a passphrase",
    env: () => ({ PULUMI_CONFIG_PASSPHRASE: "of the team" }),
    login: () => `file://${folder}`,
    init: "",
    said: /^the stack team: state in file:\/\/\S+, secrets encrypted with a passphrase$/m,
    notes: ["encryptionsalt"],
  },
  {
    what: "S3, with a key of KMS",
    env: () => moto.env,
    login: () => "s3://acme-state?region=eu-west-1&use_path_style=true",
    init: "--secrets-provider='awskms://alias/state?region=eu-west-1'",
    said: /^the stack team: state in s3:\/\/acme-state\S*, secrets encrypted by awskms:\/\/alias\/state\?region=eu-west-1$/m,
    notes: ["encryptedkey", "secretsprovider"],
  },
];

describe.each(layouts)("with its state in $what", ({ env, login, init, said, notes }) => {
  let mine: Clone;
  let theirs: Clone;
  beforeAll(async () => {
    // Each has a home of Pulumi's of their own, and so a login.
    const newClone = () => Clone.of({ ...env(), PULUMI_HOME: mkdtempSync(join(folder, "home-")) });
    [mine, theirs] = [await newClone(), await newClone()];
  });
  afterAll(() => {
    mine.remove();
    theirs.remove();
  });
  const make = async (who: Clone, ...args: string[]): Promise<Made> => {
    const made = await who.make(...args, `STACK=${STACK}`);
    expect(made.output).not.toContain("message authentication failed");
    return made;
  };
  const fileOf = (who: Clone) => join(who.folder, FILE);

  it("nothing is done before somebody has said where, and everything that the refusal says can be typed", async () => {
    writeFileSync(fileOf(mine), TEXT);
    const refused = await make(mine, "preview");
    expect(refused.exitCode).not.toBe(0);
    expect(refused.output).toContain("make pulumi STACK=team ARGS=\"login 's3://<bucket>?region=<region>'\"");
    expect(refused.output).toContain("PULUMI_BACKEND_URL=file://");
    expect(refused.output).toContain('make pulumi STACK=team ARGS="login"');
    expect(readdirSync(mine.folder)).not.toContain(".state");
  });

  it("is made once, and the file says how its secrets are encrypted, comments and all", async () => {
    expect(await make(mine, "pulumi", `ARGS=login '${login()}'`)).toMatchObject({ exitCode: 0 });
    const missing = await make(mine, "preview");
    expect([missing.exitCode === 0, missing.output]).toEqual([
      false,
      expect.stringMatching(/has no stack team\. .*`make init STACK=team`/),
    ]);
    const made = await make(mine, "init", `ARGS=${init}`);
    expect(made.output).toMatch(said);
    const text = readFileSync(fileOf(mine), "utf8");
    expect(text).toContain("# Who may use it.");
    expect(Object.keys(load(text) as object).sort()).toEqual(["config", ...notes]);
    const again = await make(mine, "init", `ARGS=${init}`);
    expect([again.exitCode, readFileSync(fileOf(mine), "utf8")]).toEqual([0, text]);
  });

  it("takes a secret into its file, and makes something", async () => {
    const set = await make(mine, "pulumi", "ARGS=config set --secret aws:token hidden");
    expect(set, set.output).toMatchObject({ exitCode: 0 });
    expect(readFileSync(fileOf(mine), "utf8")).not.toContain("hidden");
    const up = await make(mine, "pulumi", "ARGS=up --yes --skip-preview --target **aws:ec2/vpc:Vpc**");
    expect(up.output).toMatch(/Resources:\s+\+ \d+ created/);
  });

  it("is the same in the clone of a colleague, who has the file and a login", async () => {
    cpSync(fileOf(mine), fileOf(theirs));
    expect(await make(theirs, "pulumi", `ARGS=login '${login()}'`)).toMatchObject({ exitCode: 0 });
    const seen = await make(theirs, "preview");
    expect(seen.output).toMatch(said);
    expect(seen.output).toMatch(/\d+ unchanged/);
    expect((await make(theirs, "-s", "pulumi", "ARGS=config get aws:token")).stdout).toContain("hidden");
    expect(readFileSync(fileOf(theirs), "utf8")).toBe(readFileSync(fileOf(mine), "utf8"));
  });

  it("is the same for plain Pulumi", async () => {
    const { env: programs } = await engine({ aws: true });
    const args = ["preview", "--stack", STACK, "--non-interactive"];
    const whole = { ...programs, ...env(), PULUMI_BACKEND_URL: login() };
    const { stdout, stderr } = await outcomeOf("pulumi", args, { cwd: mine.folder, env: whole });
    expect(`${stdout}${stderr}`).toMatch(/\d+ unchanged/);
  });

  it("stays in its backend when one clone forgets it, which removes nothing there", async () => {
    const refused = await make(theirs, "down");
    expect([refused.exitCode === 0, refused.output.includes("add YES=1")]).toEqual([false, true]);
    expect((await make(mine, "-s", "pulumi", "ARGS=stack --show-urns")).stdout).toContain("pulumi:providers:aws");
  });
});
