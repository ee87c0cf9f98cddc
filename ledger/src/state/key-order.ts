/**
 * Order of two strings by their UTF-8 bytes: negative, zero or positive. JavaScript compares UTF-16 code units, which puts
 * U+10000 and above (surrogate pairs) before U+E000…U+FFFF; in bytes they come after.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return byteRank(left) - byteRank(right);
  }
  return a.length - b.length;
}

/** Moves the surrogates above the code units that follow them. */
function byteRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
