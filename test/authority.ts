// Authorities for tests, made by openssl as an operator would: keys are made anew in each run, and kept nowhere.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Authority {
  readonly certificate: string;
  readonly key: string;
}

/** @param days for which it holds; less than none for one that has expired */
export function authority(
  name: string,
  { by, days = 3650, isCa = true }: { readonly by?: Authority; readonly days?: number; readonly isCa?: boolean } = {},
): Authority {
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  try {
    const extensions = isCa
      ? "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
      : "basicConstraints=critical,CA:FALSE\n";
    writeFileSync(join(folder, "extensions"), extensions);
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key");
    openssl("req", "-new", "-key", "key", "-subj", `/O=test/CN=${name}`, "-out", "request");
    if (by) {
      writeFileSync(join(folder, "by.pem"), by.certificate);
      writeFileSync(join(folder, "by.key"), by.key);
    }
    const signer = by ? ["-CA", "by.pem", "-CAkey", "by.key", "-CAcreateserial"] : ["-signkey", "key"];
    const about = ["-req", "-in", "request", "-extfile", "extensions", "-days", String(days), "-out", "certificate"];
    openssl("x509", ...about, ...signer);
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    return { certificate: read("certificate"), key: read("key") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
