/**
 * In which forms 32 random bytes can be found among others: raw, in hex, in base64 and base64url at each of the three alignments
 * that a text around them can give, and each of these texts in UTF-16 of either order. The outermost digits of a base64 form
 * depend on its neighbours, so they are left out of the search.
 */
export function tracesOf(canary: Buffer, haystack: Buffer): readonly string[] {
  return [...formsOf(canary)].filter(([, form]) => haystack.includes(form)).map(([name]) => name);
}

/**
 * Looks for many canaries at once, in all these forms: one pass over the bytes, which compares only where the first three bytes of
 * a form stand.
 */
export function canarySearch(canaries: readonly Buffer[]): (haystack: Buffer) => boolean {
  const beginnings = new Map<number, Buffer[]>();
  for (const form of canaries.flatMap((canary) => [...formsOf(canary).values()])) {
    const beginning = form.readUIntBE(0, 3);
    beginnings.set(beginning, [...(beginnings.get(beginning) ?? []), form]);
  }
  const isBeginning = new Uint8Array(1 << 24);
  for (const beginning of beginnings.keys()) isBeginning[beginning] = 1;
  return (haystack) => {
    let three = haystack.length > 1 ? haystack.readUInt16BE(0) : 0;
    for (let end = 3; end <= haystack.length; end += 1) {
      three = ((three & 0xffff) << 8) | (haystack[end - 1] ?? 0);
      if (isBeginning[three] === 0) continue;
      const forms = beginnings.get(three) ?? [];
      if (forms.some((form) => haystack.subarray(end - 3, end - 3 + form.length).equals(form))) return true;
    }
    return false;
  };
}

function formsOf(canary: Buffer): ReadonlyMap<string, Buffer> {
  const forms = new Map<string, Buffer>([['raw', canary]]);
  const hex = canary.toString('hex');
  const texts: [string, string][] = [
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ...base64Forms(canary, ''),
    // The value is the canary's hex digits: encoded once more, as a JWS or a proto in JSON would.
    ...base64Forms(Buffer.from(hex), ' of hex'),
  ];
  for (const [name, text] of texts) {
    const little = Buffer.from(text, 'utf16le');
    forms.set(name, Buffer.from(text, 'latin1'));
    forms.set(`${name} in UTF-16LE`, little);
    forms.set(`${name} in UTF-16BE`, Buffer.from(little).swap16());
  }
  return forms;
}

function base64Forms(bytes: Buffer, what: string): [string, string][] {
  return [0, 1, 2].flatMap((shift): [string, string][] => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const certain = text.slice(
      shift === 0 ? 0 : shift + 1,
      (bytes.length + shift) % 3 === 0 ? undefined : -1,
    );
    const name = shift === 0 ? '' : ` shifted by ${String(shift)}`;
    return [
      [`base64${what}${name}`, certain],
      [`base64url${what}${name}`, certain.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
}
