/** Contents of an OBJECT IDENTIFIER in dotted form, or undefined if they are cut off or empty. */
export function oidText(content: Uint8Array): string | undefined {
  const arcs: number[] = [];
  let arc = 0;
  let open = true;
  for (const byte of content) {
    arc = arc * 0x80 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) return undefined;
    open = byte >= 0x80;
    if (open) continue;
    if (arcs.length === 0) {
      const top = Math.min(Math.floor(arc / 40), 2);
      arcs.push(top, arc - 40 * top);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  return open ? undefined : arcs.join('.');
}
