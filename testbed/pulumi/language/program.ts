import type { ServerUnaryCall } from "@grpc/grpc-js";
import { RunResponse, type RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { ended, startNode } from "./children.ts";
import { environmentOf, runtimeOptions, sdkScript } from "./options.ts";

/** The SDK ends a program with this code if the user has been told already what is wrong. */
const ALREADY_EXPLAINED = 32;

/** Runs the program of a stack to its end. */
export async function runProgram(call: ServerUnaryCall<RunRequest, RunResponse>, engine: string): Promise<RunResponse> {
  const { request } = call;
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const response = new RunResponse();
  let child;
  try {
    const options = runtimeOptions(info);
    const args = [...options.nodeArgs, sdkScript(folder, "run"), ...programArgs(request, engine)];
    const env = { ...process.env, ...environmentOf(options), ...configuration(request) };
    child = startNode(args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  } catch (error) {
    return response.setError((error as Error).message);
  }
  call.once("cancelled", () => child.kill());
  const end = await ended(child);
  if (end === ALREADY_EXPLAINED) return response.setBail(true);
  if (end === 0) return response;
  return response.setError(
    typeof end === "number" ? `Program exited with non-zero exit code: ${end}` : `Program was ended by ${end}`,
  );
}

function programArgs(request: RunRequest, engine: string): string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    "root-directory": request.getInfo()?.getRootDirectory(),
    pwd: request.getPwd(),
    parallel: request.getParallel(),
  };
  const given = Object.entries(flags).filter(([, value]) => value);
  return [
    ...given.flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getInfo()?.getEntryPoint() ?? ".",
    ...request.getArgsList(),
  ];
}

function configuration(request: RunRequest): NodeJS.ProcessEnv {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
