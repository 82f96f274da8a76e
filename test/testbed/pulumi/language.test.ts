import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import * as proto from "@pulumi/pulumi/proto/language_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encode } from "../../../testbed/pulumi/provider/wire.ts";
import sdk from "@pulumi/pulumi/package.json" with { type: "json" };
import { FakeMonitor } from "./support/fakeMonitor.ts";
import { StartedPlugin } from "./support/plugin.ts";

const { version } = sdk;

const MODULES = join(import.meta.dirname, "..", "..", "..", "node_modules");
const root = mkdtempSync(join(tmpdir(), "programs-"));
let plugin: StartedPlugin;
let monitor: FakeMonitor;
let host: LanguageRuntimeClient;

beforeAll(async () => {
  symlinkSync(MODULES, join(root, "node_modules"));
  monitor = await FakeMonitor.start();
  plugin = await StartedPlugin.start("language", { PULUMI_NODEJS_TRANSPILE_ONLY: "true", FROM_OUTSIDE: "yes" });
  host = new LanguageRuntimeClient(`127.0.0.1:${plugin.port}`, grpc.credentials.createInsecure());
});

afterAll(async () => {
  host.close();
  await plugin.stop();
  monitor.stop();
  rmSync(root, { recursive: true });
});

/** Writes a program and says where it is. */
function program(
  name: string,
  files: Record<string, string>,
  options: Record<string, string | boolean> = {},
): proto.ProgramInfo {
  const folder = join(root, name);
  mkdirSync(folder);
  const manifest = JSON.stringify({
    name,
    version: "1.0.0",
    main: Object.keys(files)[0],
    dependencies: { "@pulumi/kubernetes": "*" },
  });
  for (const [file, text] of Object.entries({ "package.json": manifest, ...files }))
    writeFileSync(join(folder, file), text);
  const info = new proto.ProgramInfo().setRootDirectory(folder).setProgramDirectory(folder).setEntryPoint(".");
  return info.setOptions(Struct.fromJavaScript(options));
}

function run(info: proto.ProgramInfo, args: string[] = []): Promise<proto.RunResponse> {
  const request = new proto.RunRequest().setInfo(info).setPwd(info.getProgramDirectory()).setArgsList(args);
  request.setMonitorAddress(monitor.address).setProject("tiny").setStack("dev").setOrganization("org").setParallel(4);
  request.setDryrun(true).setConfigsecretkeysList(["tiny:password"]).getConfigMap().set("tiny:greeting", "hello");
  return new Promise((resolve, reject) => {
    host.run(request, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

describe("a program", () => {
  test("in TypeScript runs with its stack, configuration and environment", async () => {
    const result = join(root, "result.json");
    const text = `
      import * as pulumi from "@pulumi/pulumi";
      import { writeFileSync } from "node:fs";
      const config: pulumi.Config = new pulumi.Config();
      writeFileSync(${JSON.stringify(result)}, JSON.stringify({
        greeting: config.require("greeting"), stack: pulumi.getStack(), project: pulumi.getProject(), organization: pulumi.getOrganization(),
        dryRun: pulumi.runtime.isDryRun(), secretKeys: process.env.PULUMI_CONFIG_SECRET_KEYS, outside: process.env.FROM_OUTSIDE,
        nodeArgs: process.execArgv, args: process.argv.slice(2),
      }));`;
    const nodeargs = `--max-old-space-size=256 --title="two words"`;
    const response = await run(program("typescript", { "index.ts": text }, { nodeargs }), ["--flag"]);
    expect(response.toObject()).toEqual({ error: "", bail: false });
    expect(JSON.parse(readFileSync(result, "utf8"))).toEqual({
      ...{ greeting: "hello", stack: "dev", project: "tiny", organization: "org", dryRun: true },
      ...{ secretKeys: '["tiny:password"]', outside: "yes", args: ["--flag"] },
      nodeArgs: ["--max-old-space-size=256", "--title=two words"],
    });
    expect(monitor.registered).toEqual(["pulumi:pulumi:Stack::tiny-dev"]);
  });

  test("that throws has told the user already: the engine stops without another word", async () => {
    const response = await run(program("throws", { "index.js": 'throw new Error("no such subset");' }));
    expect(response.toObject()).toEqual({ error: "", bail: true });
    expect(plugin.logged.map(({ message }) => message).join()).toContain("no such subset");
  });

  test.each([
    { how: "process.exit(3)", error: "Program exited with non-zero exit code: 3" },
    { how: 'process.kill(process.pid, "SIGKILL"); while (true);', error: "Program was ended by SIGKILL" },
  ])("that ends by $how is an error", async ({ how, error }) => {
    const name = `ends-${error.length}`;
    expect((await run(program(name, { "index.js": how }))).toObject()).toEqual({ error, bail: false });
  });

  test("is not compiled where Pulumi.yaml turns TypeScript off", async () => {
    const file = join(root, "typescript.txt");
    const text = `require("node:fs").writeFileSync(${JSON.stringify(file)}, String(process.env.PULUMI_NODEJS_TYPESCRIPT));`;
    await run(program("javascript", { "index.js": text }, { typescript: false }));
    expect(readFileSync(file, "utf8")).toBe("undefined");
  });

  test("with a wrong option is not run", async () => {
    const response = await run(program("wrong", { "index.js": "" }, { typescript: "yes" }));
    expect(response.getError()).toBe("the runtime option typescript must be true or false");
  });

  test("without the SDK says how to install it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "no-sdk-"));
    const info = new proto.ProgramInfo().setProgramDirectory(folder).setEntryPoint(".").setOptions(new Struct());
    expect((await run(info)).getError()).toBe(
      `${folder} has no Pulumi SDK: run \`npm ci\` there, or in a folder above it`,
    );
    rmSync(folder, { recursive: true });
  });
});

/** Runs a plugin, and gathers what it prints. */
function runPlugin(info: proto.ProgramInfo, kind: string, env: string[] = []) {
  const request = new proto.RunPluginRequest()
    .setInfo(info)
    .setKind(kind)
    .setPwd(info.getProgramDirectory())
    .setEnvList(env);
  const call = host.runPlugin(request.setArgsList(["127.0.0.1:1"]));
  const printed = { stdout: "", stderr: "", exitCode: -1 };
  const firstLine = new Promise<string>((resolve) => {
    call.on("data", (response: proto.RunPluginResponse) => {
      printed.stdout += Buffer.from(response.getStdout_asU8()).toString();
      printed.stderr += Buffer.from(response.getStderr_asU8()).toString();
      if (response.hasExitcode()) printed.exitCode = response.getExitcode();
      if (printed.stdout.includes("\n")) resolve(printed.stdout.split("\n")[0] ?? "");
    });
  });
  const ended = new Promise<typeof printed>((resolve) => {
    call.on("end", () => {
      resolve(printed);
    });
    call.on("error", () => {
      resolve(printed);
    });
  });
  return { call, firstLine, ended };
}

describe("a plugin", () => {
  test("has its output streamed, and then its exit code", async () => {
    const text = `process.stdout.write("out " + process.env.GIVEN + "\\n"); process.stderr.write("err\\n"); process.exitCode = 7;`;
    const { ended } = runPlugin(program("plugin", { "index.js": text }), "resource", ["GIVEN=a=b"]);
    expect(await ended).toEqual({ stdout: "out a=b\n", stderr: "err\n", exitCode: 7 });
  });

  test("that is a policy pack knows its stack, and is ended by the engine", async () => {
    const text = `
      const { PolicyPack } = require("@pulumi/policy"), pulumi = require("@pulumi/pulumi");
      new PolicyPack("pack", { policies: [{ name: "rule", description: "d", enforcementLevel: "mandatory", validateResource: (args, report) =>
        report([pulumi.getStack(), pulumi.getProject(), pulumi.runtime.isDryRun(), new pulumi.Config("tiny").get("greeting"), args.stackTags.get("owner")].join()) }] });`;
    const { call, firstLine, ended } = runPlugin(program("pack", { "index.js": text }), "analyzer", [
      `PATH=${process.env.PATH}`,
    ]);
    const client = new AnalyzerClient(`127.0.0.1:${await firstLine}`, grpc.credentials.createInsecure());
    const stack = new analyzer.AnalyzerStackConfigureRequest().setStack("dev").setProject("tiny").setDryRun(true);
    stack.getConfigMap().set("tiny:greeting", "hello");
    stack.getTagsMap().set("owner", "us");
    await new Promise((resolve) => client.configureStack(stack, resolve));
    const request = new analyzer.AnalyzeRequest()
      .setType("a:b:C")
      .setUrn("urn:pulumi:dev::tiny::a:b:C::c")
      .setName("c");
    const response = await new Promise<analyzer.AnalyzeResponse>((resolve, reject) => {
      client.analyze(
        request.setProperties(encode({})).setOptions(new analyzer.AnalyzerResourceOptions()),
        (error, answer) => {
          if (error) reject(error);
          else resolve(answer);
        },
      );
    });
    expect(response.getDiagnosticsList().map((diagnostic) => diagnostic.getMessage())).toEqual([
      "d\ndev,tiny,true,hello,us",
    ]);
    client.close();
    call.cancel();
    await ended;
  });

  test("that is a policy pack which fails to start says why, and nothing waits for it", async () => {
    const { firstLine, ended } = runPlugin(
      program("broken", { "index.js": 'throw new Error("broken pack");' }),
      "analyzer",
    );
    const client = new AnalyzerClient(`127.0.0.1:${await firstLine}`, grpc.credentials.createInsecure());
    const error = await new Promise<grpc.ServiceError | null>((resolve) => {
      client.getAnalyzerInfo(new Empty(), (refused) => {
        resolve(refused);
      });
    });
    expect(error?.code).toBe(grpc.status.UNAVAILABLE);
    const { stderr, exitCode } = await ended;
    expect(stderr).toContain("broken pack");
    expect(exitCode).not.toBe(0);
    client.close();
  });
});

describe("the host says", () => {
  test("its version, which is the SDK's", async () => {
    const info = await new Promise<string | undefined>((resolve) =>
      host.getPluginInfo(new Empty(), (_, response) => {
        resolve(response.getVersion());
      }),
    );
    expect(info).toBe(version);
  });

  test("which plugins a program needs", async () => {
    const info = program("needs", { "index.js": "" });
    const packages = await new Promise<object[]>((resolve) =>
      host.getRequiredPackages(new proto.GetRequiredPackagesRequest().setInfo(info), (_, response) => {
        resolve(response.getPackagesList().map((item) => item.toObject()));
      }),
    );
    expect(packages).toMatchObject([
      { name: "kubernetes", kind: "resource", version: expect.stringMatching(/^v4\.\d+\.\d+$/) as string },
    ]);
  });

  test("on which packages it depends", async () => {
    const request = new proto.GetProgramDependenciesRequest().setInfo(program("depends", { "index.js": "" }));
    const names = await new Promise<string[]>((resolve) =>
      host.getProgramDependencies(request, (_, response) => {
        resolve(response.getDependenciesList().map((item) => item.getName()));
      }),
    );
    expect(names).toEqual(["@pulumi/kubernetes"]);
  });

  test("what it does not know", async () => {
    const error = await new Promise<grpc.ServiceError | null>((resolve) =>
      host.generateProgram(new proto.GenerateProgramRequest(), (refused) => {
        resolve(refused);
      }),
    );
    expect(error?.code).toBe(grpc.status.UNIMPLEMENTED);
    expect(error?.details).toContain("knows no generateProgram");
  });
});
