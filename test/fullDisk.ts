// A disk that gets full: of what this process writes, so many bytes fit. A test that wants it says
//   vi.mock("node:fs", async (original) => (await import("…/fullDisk.js")).onDisk(await original()));
import type * as Fs from "node:fs";

export const disk = { room: Infinity };

/** The file system with that disk. */
export function onDisk(fs: typeof Fs): typeof Fs & { readonly default: typeof Fs } {
  const writeFileSync: typeof Fs.writeFileSync = (file, data, options) => {
    const bytes = Buffer.from(data as string);
    const fits = bytes.subarray(0, Math.min(disk.room, bytes.length));
    disk.room -= fits.length;
    // Like the system, it writes what fits first.
    fs.writeFileSync(file, fits, options);
    if (fits.length < bytes.length) {
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
    }
  };
  const limited = { ...fs, writeFileSync };
  return { ...limited, default: limited };
}
