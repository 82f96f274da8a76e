import { describe, expect, it } from "vitest";
import { isOfInternet } from "../../istio/addresses.ts";

describe("addresses of the internet", () => {
  it.each(["8.8.8.8", "203.0.113.0/24", "172.32.0.1", "100.128.0.0/16", "2001:db8::/32", "2606:4700::1111"])(
    "are such as %s",
    (text) => {
      expect(isOfInternet(text)).toBe(true);
    },
  );

  it.each(["10.1.2.3", "172.31.0.0/16", "192.168.0.0/24", "100.64.0.1", "127.0.0.1", "fd00::1", "fe80::1/64", "::1"])(
    "are none such as %s, of a network inside",
    (text) => {
      expect(isOfInternet(text)).toBe(false);
    },
  );

  it.each(["0.0.0.0/0", "192.160.0.0/12", "::/0", "here", "300.1.1.1", ""])(
    "are none such as %j, which is wider or no address",
    (text) => {
      expect(isOfInternet(text)).toBe(false);
    },
  );
});
