import { describe, expect, it, vi } from "vitest";
import { withCleanup } from "../../verify/withCleanup.ts";

describe("what was made for some work", () => {
  it("is there during the work, and undone after it", async () => {
    const order: string[] = [];
    const undo = () => Promise.resolve(order.push("undo"));
    const result = await withCleanup(undo, () => Promise.resolve(order.push("work")));
    expect(result).toBe(1);
    expect(order).toEqual(["work", "undo"]);
  });

  it("is undone when the work fails, and the failure told", async () => {
    const undo = vi.fn(() => Promise.resolve());
    await expect(withCleanup(undo, () => Promise.reject(new Error("no pod")))).rejects.toThrow("no pod");
    expect(undo).toHaveBeenCalledOnce();
  });

  it.each(["SIGINT", "SIGTERM"] as const)("is undone on %s", async (signal) => {
    const undo = vi.fn(() => Promise.resolve());
    const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
    await withCleanup(undo, async () => {
      process.emit(signal);
      await vi.waitFor(() => {
        expect(exit).toHaveBeenCalledWith(130);
      });
      expect(undo).toHaveBeenCalledOnce();
    });
    expect(process.listenerCount(signal, undo)).toBe(0);
    exit.mockRestore();
  });
});
