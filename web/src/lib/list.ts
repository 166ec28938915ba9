// A list's text from its bytes: by its mark, by the zeros of UTF-16, as UTF-8, or as Windows-1252.
export function decode(content: ArrayBuffer): string {
  const bytes = new Uint8Array(content);
  return new TextDecoder(charset(bytes)).decode(content);
}

function charset(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]!++;
  });
  if (zeros[0]! + zeros[1]! > head.length / 4)
    return zeros[1]! >= zeros[0]! ? "utf-16le" : "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
