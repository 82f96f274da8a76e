// What the files of an image are made of: programs of this machine, with what they need.
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { outcomeOf, run } from "../lib/run.ts";

/** The folders and files that every program expects. */
export function base(root: string): void {
  for (const folder of ["etc", "proc", "sys", "dev", "run", "root", "var/run", "var/lib", "usr/bin", "bin"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  mkdirSync(join(root, "tmp"));
  chmodSync(join(root, "tmp"), 0o1777);
  const users = { root: 0, "istio-proxy": 1337, user: 1000, nobody: 65534 };
  const lines = (line: (name: string, id: number) => string) =>
    `${Object.entries(users)
      .map(([name, id]) => line(name, id))
      .join("\n")}\n`;
  writeFileSync(
    join(root, "etc/passwd"),
    lines((name, id) => `${name}:x:${id}:${id}::/tmp:/bin/sh`),
  );
  writeFileSync(
    join(root, "etc/group"),
    lines((name, id) => `${name}:x:${id}:`),
  );
  writeFileSync(join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  copy("/etc/ssl/certs/ca-certificates.crt", join(root, "etc/ssl/certs/ca-certificates.crt"));
}

/** A shell and the few programs that people call from one. */
export async function shell(root: string): Promise<void> {
  await install("/bin/dash", root, "/bin/sh");
  for (const program of ["ls", "cat", "sleep", "id", "ip", "curl", "env", "date", "hostname"]) {
    await install(await which(program), root, `/usr/bin/${program}`);
  }
  // The resolver loads these by name: no program says that it needs them.
  const names = ["libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2"];
  const libraries = await run("find", ["/lib/", "-regextype", "posix-extended", "-regex", `.*/(${names.join("|")})`]);
  for (const library of libraries.split("\n").filter(Boolean)) copy(library, join(root, library));
}

/** Copies a program with the shared libraries that it names, some of them perhaps of a folder of its own. */
export async function install(program: string, root: string, target: string, own = ""): Promise<void> {
  copy(program, join(root, target));
  // A static program has none, which ldd calls a failure.
  const { stdout } = await outcomeOf("ldd", [program], { env: { LD_LIBRARY_PATH: own } });
  for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
    const isOwn = own !== "" && library.startsWith(own);
    copy(library, join(root, isOwn ? join("usr/lib", basename(library)) : library));
  }
}

export function copy(from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

export function which(program: string): Promise<string> {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
  return run("sh", ["-c", `command -v "$0"`, program], { env: { PATH: path } });
}
