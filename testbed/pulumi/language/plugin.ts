import type { ServerWritableStream } from "@grpc/grpc-js";
import { RunPluginResponse, type RunPluginRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { ended, startNode } from "./children.ts";
import { environmentOf, parseEnvironment, runtimeOptions, sdkScript } from "./options.ts";
import { PolicyProxy } from "./policyProxy.ts";

type PluginCall = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a plugin that is written in TypeScript, such as a policy pack; streams what it prints and, last, its exit code. */
export async function runPlugin(call: PluginCall): Promise<void> {
  const stdout = (chunk: string | Buffer) => call.write(new RunPluginResponse().setStdout(Buffer.from(chunk)));
  const stderr = (chunk: string | Buffer) => call.write(new RunPluginResponse().setStderr(Buffer.from(chunk)));
  const end = (code: number) => {
    call.write(new RunPluginResponse().setExitcode(code));
    call.end();
  };
  try {
    end(await (call.request.getKind() === "analyzer" ? runPolicyPack : runSource)(call, stdout, stderr));
  } catch (error) {
    stderr(`${(error as Error).message}\n`);
    end(1);
  }
}

type Print = (chunk: string | Buffer) => void;

/** A provider whose source the engine was pointed to. */
function runSource(call: PluginCall, stdout: Print, stderr: Print): Promise<number> {
  const { request } = call;
  const folder = folderOf(request);
  const args = [sdkScript(folder, "run-plugin"), folder, ...request.getArgsList()];
  return run(call, args, { cwd: request.getPwd(), env: {} }, stdout, stderr);
}

/**
 * A policy pack starts once the engine has said for which stack: its SDK reads that from the environment. So the engine talks to a proxy,
 * whose port it is told in place of the pack's.
 */
async function runPolicyPack(call: PluginCall, stdout: Print, stderr: Print): Promise<number> {
  const folder = folderOf(call.request);
  // A pack without its SDK fails at once, not when the engine first asks it something.
  const args = [sdkScript(folder, "run-policy-pack"), ...call.request.getArgsList(), folder];
  const proxy = await PolicyProxy.listen();
  try {
    stdout(`${proxy.port}\n`);
    const env = await Promise.race([proxy.stackEnvironment, cancelled(call)]);
    if (!env) return 0;
    return await run(
      call,
      args,
      { cwd: folder, env },
      (chunk) => {
        proxy.readOutput(chunk, stdout);
      },
      stderr,
    );
  } finally {
    proxy.close();
  }
}

async function run(
  call: PluginCall,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
  stdout: Print,
  stderr: Print,
): Promise<number> {
  const { request } = call;
  const options = runtimeOptions(request.getInfo());
  const child = startNode([...options.nodeArgs, ...args], {
    cwd,
    env: { ...parseEnvironment(request.getEnvList()), ...environmentOf(options), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", stdout);
  child.stderr?.on("data", stderr);
  call.once("cancelled", () => child.kill());
  if (call.cancelled) child.kill();
  const end = await ended(child);
  return typeof end === "number" ? end : 1;
}

const folderOf = (request: RunPluginRequest): string => request.getInfo()?.getProgramDirectory() ?? request.getPwd();

const cancelled = (call: PluginCall): Promise<undefined> =>
  new Promise((resolve) => {
    call.once("cancelled", () => {
      resolve(undefined);
    });
  });
