/**
 * In which forms 32 random bytes can be found among others: raw, in hex, in base64 and base64url at each of the three alignments
 * that a text around them can give, and each of these texts in UTF-16 of either order. The outermost digits of a base64 form
 * depend on its neighbours, so they are left out of the search.
 */
export function tracesOf(canary: Buffer, haystack: Buffer): readonly string[] {
  return [...formsOf(canary)].filter(([, form]) => haystack.includes(form)).map(([name]) => name);
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
