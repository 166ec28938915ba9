import { expect, test } from "vitest";
import { decode } from "./list";

const utf16 = (text: string, mark: boolean) => {
  const units = [...(mark ? "\ufeff" : ""), ...text].map((c) => c.charCodeAt(0));
  return new Uint8Array(units.flatMap((u) => [u & 255, u >> 8])).buffer;
};

test.each([
  ["UTF-8", new TextEncoder().encode("020 7946 0018\nМара").buffer, "020 7946 0018\nМара"],
  ["UTF-8 with a mark", new TextEncoder().encode("\ufeff@name").buffer, "@name"],
  ["UTF-16 with a mark", utf16("020 7946 0018", true), "020 7946 0018"],
  ["UTF-16 without one", utf16("020 7946 0018", false), "020 7946 0018"],
  ["Windows-1252", new Uint8Array([0x4d, 0x75, 0xf1, 0x6f, 0x7a]).buffer, "Muñoz"],
])("a list in %s is read", (_, content, text) => {
  expect(decode(content as ArrayBuffer)).toBe(text);
});
