import { expect } from 'chai';
import { digitalLinkOfUri } from './digital-link.js';

const HOST = 'https://a.example';

/** The canonical path of a link on some host; undefined where it is none. */
const pathOf = (path: string): string | undefined =>
  digitalLinkOfUri(`${HOST}/${path}`)?.replace('https://id.gs1.org/', '');

describe('digitalLinkOfUri', () => {
  it('takes a GTIN of 8, 12, 13 or 14 digits, filled up to 14, and of no other length', () => {
    for (let length = 1; length <= 18; length += 1) {
      const gtin = '1'.repeat(length);
      const isGtin = [8, 12, 13, 14].includes(length);
      expect(pathOf(`01/${gtin}`), `${String(length)} digits`).to.equal(
        isGtin ? `01/${gtin.padStart(14, '0')}` : undefined,
      );
    }
  });

  /** Keys of digits alone, with the lengths that they may have (GS1 General Specifications section 3.2). */
  const DIGITS: readonly (readonly [ai: string, lengths: readonly number[]])[] = [
    ['00', [18]],
    ['402', [17]],
    ['414', [13]],
    ['417', [13]],
    ['8006', [18]],
    ['8017', [18]],
    ['8018', [18]],
    ['255', Array.from({ length: 13 }, (_, more) => 13 + more)],
  ];
  for (const [ai, lengths] of DIGITS) {
    it(`takes a key of AI ${ai} of ${lengths.join(', ')} digits, and of no other length`, () => {
      for (let length = 1; length <= 30; length += 1) {
        const key = '2'.repeat(length);
        const expected = lengths.includes(length) ? `${ai}/${key}` : undefined;
        expect(pathOf(`${ai}/${key}`), `${String(length)} digits`).to.equal(expected);
      }
      const [shortest = 0] = lengths;
      for (const other of [`x${'2'.repeat(shortest - 1)}`, `${'2'.repeat(shortest - 1)}x`])
        expect(pathOf(`${ai}/${other}`), other).to.equal(undefined);
    });
  }

  /** Keys that start with digits and go on with at most so many other signs. */
  const MIXED: readonly (readonly [ai: string, digits: number, signs: number])[] = [
    ['253', 13, 17],
    ['401', 4, 26],
    ['8003', 14, 16],
    ['8004', 4, 26],
    ['8010', 4, 26],
  ];
  for (const [ai, digits, signs] of MIXED) {
    it(`takes a key of AI ${ai} of ${String(digits)} digits and at most ${String(signs)} signs`, () => {
      const start = '3'.repeat(digits);
      for (const good of [start, `${start}A`, start + 'A'.repeat(signs)])
        expect(pathOf(`${ai}/${good}`)).to.equal(`${ai}/${good}`);
      for (const bad of [
        start.slice(1),
        `A${start}`,
        `${start.slice(1)}A`,
        start + 'A'.repeat(signs + 1),
        `${start}~`,
      ])
        expect(pathOf(`${ai}/${bad}`), bad).to.equal(undefined);
    });
  }

  const GTIN = '01/10614141073464';

  it('reads a key with three qualifiers, the most that one has, behind any path', () => {
    for (const before of ['', 'shop/', 'a/b/c/01/'])
      expect(pathOf(`${before}${GTIN}/22/V/10/L/21/S`), before).to.equal(`${GTIN}/21/S`);
  });

  it('looks at no more than eight segments', () => {
    expect(pathOf(`${GTIN}/22/V/10/L/21/S/235/T`)).to.equal(undefined);
    expect(pathOf(`${GTIN}/22/V/10/L/235/T`)).to.equal(`${GTIN}/235/T`);
  });

  it('takes the finest qualifier, and a variant never', () => {
    for (const [qualifiers, finest] of [
      ['22/V', ''],
      ['10/L', '/10/L'],
      ['22/V/10/L', '/10/L'],
      ['10/L/21/S', '/21/S'],
      ['21/S/10/L', '/21/S'],
      ['10/L/235/T', '/235/T'],
    ] as const)
      expect(pathOf(`${GTIN}/${qualifiers}`), qualifiers).to.equal(GTIN + finest);
  });

  it('takes a qualifier of 1 to 28 signs, once, and only of its own key', () => {
    expect(pathOf(`${GTIN}/10/${'L'.repeat(28)}`)).to.equal(`${GTIN}/10/${'L'.repeat(28)}`);
    for (const bad of [`10/${'L'.repeat(29)}`, '10/', '10/~L', '10/L~', '10/L/10/L', '254/1', '8011/1', '21'])
      expect(pathOf(`${GTIN}/${bad}`), bad).to.equal(undefined);
    expect(pathOf('414/4012345000115/21/1')).to.equal(undefined);
  });

  it('reads a key from its last two segments on, and no half of one', () => {
    expect(pathOf('01')).to.equal(undefined);
    expect(pathOf('a/b/c/d/e/f/g/h/i/417/4012345000115')).to.equal('417/4012345000115');
    expect(pathOf('417/4012345000115//')).to.equal(undefined);
  });

  it('reads web addresses alone', () => {
    for (const other of [`x${HOST}`, 'ftp://a.example', 'https:/a.example', 'https://'])
      expect(digitalLinkOfUri(`${other}/417/4012345000115`), other).to.equal(undefined);
  });
});
