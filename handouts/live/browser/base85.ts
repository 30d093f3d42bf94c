/**
 * Bytes as text of a page: five letters for four bytes, where base64 takes five and a third. The letters mean nothing in HTML, in
 * attributes and in scripts.
 */
const LETTERS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((letter) =>
  !"\"&'-<>@\\`".includes(letter)
);

const VALUES = new Uint8Array(128);
LETTERS.forEach((letter, value) => VALUES[letter.charCodeAt(0)] = value);

/** The text that stands for some bytes; {@linkcode fromBase85} reads it. */
export function toBase85(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    let rest = 0;
    for (let i = 0; i < 4; i++) rest = rest * 256 + (bytes[at + i] ?? 0);
    let group = "";
    for (let i = 0; i < 5; i++, rest = Math.floor(rest / 85)) group = LETTERS[rest % 85] + group;
    groups.push(group.slice(0, Math.min(4, bytes.length - at) + 1));
  }
  return groups.join("");
}

/** The bytes that a text of {@linkcode toBase85} stands for. */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor(text.length / 5) * 4 + Math.max(0, text.length % 5 - 1));
  for (let from = 0, to = 0; from < text.length; from += 5, to += 4) {
    let group = 0;
    // Letters that the last group lacks stand for the highest value: what was cut off can only have been lower.
    for (let i = 0; i < 5; i++) group = group * 85 + (from + i < text.length ? VALUES[text.charCodeAt(from + i)] : 84);
    for (let i = 0; i < 4 && to + i < bytes.length; i++) bytes[to + i] = group / 256 ** (3 - i);
  }
  return bytes;
}
