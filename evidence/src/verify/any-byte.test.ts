import { expect } from 'chai';
import fc from 'fast-check';
import { utf8 } from '@passage/ledger';
import { EVIDENCE_ERROR_CODES } from '../errors.js';
import { outcomeOf, passedMutations } from '../testing/any-byte.js';
import { Story } from '../testing/story.js';
import type { JsonValue } from '@passage/domain';

const OUTCOMES = [...EVIDENCE_ERROR_CODES, 'verified', 'differs'];
/** Bytes of each bundle that are changed here, others in each run; the long test changes each. */
const SAMPLE = 250;

describe('a bundle with one byte changed', function () {
  this.timeout(60_000);
  const story = new Story({ short: true });
  const { genesisHash } = story.chain;

  for (const kind of ['blocks', 'proofs'] as const) {
    const bytes = story.bytes(kind);
    const stride = Math.floor(bytes.length / SAMPLE);
    const phase = Math.floor(Math.random() * stride);
    // Of the low bits alone: a byte beyond ASCII is refused before anything is looked at.
    const change = 1 + Math.floor(Math.random() * 31);

    it(`of kind ${kind} is refused, or differs, or says the very same`, () => {
      const mutations = Array.from(
        { length: SAMPLE },
        (_, index) => [index * stride + phase, change] as const,
      );
      const found = passedMutations(bytes, genesisHash, mutations);
      expect(found, `every ${stride}th byte from ${phase} on, changed by ${change}`).to.deep.equal([]);
    });

    it(`of kind ${kind} is refused at either end`, () => {
      const start = Array.from({ length: 20 }, (_, at) => [at, 1 + (at % 7)] as const);
      const end = Array.from({ length: 20 }, (_, at) => [bytes.length - 1 - at, 1 + (at % 7)] as const);
      expect(passedMutations(bytes, genesisHash, [...start, ...end])).to.deep.equal([]);
    });
  }
});

describe('the reader of bundles', function () {
  this.timeout(60_000);
  const story = new Story({ short: true });
  const { genesisHash } = story.chain;
  const text = Buffer.from(story.bytes('proofs')).toString('utf8');

  it('ends any bytes with a verdict or an error of its list', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(OUTCOMES).to.include(outcomeOf(bytes, genesisHash));
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(OUTCOMES).to.include(outcomeOf(utf8(json), genesisHash));
      }),
    );
  });

  it('ends pieces of a bundle, cut and joined, with a verdict or an error of its list', () => {
    const at = fc.integer({ min: 0, max: text.length });
    fc.assert(
      fc.property(at, at, at, (a, b, c) => {
        const joined = text.slice(0, a) + text.slice(Math.min(b, c), Math.max(b, c)) + text.slice(a);
        expect(OUTCOMES).to.include(outcomeOf(utf8(joined), genesisHash));
      }),
      { numRuns: 50 },
    );
  });

  it('ends a bundle with any member replaced by any other value with a verdict or an error of its list', () => {
    const places = placesIn(JSON.parse(text) as JsonValue);
    const other = fc.oneof(fc.jsonValue(), fc.constantFrom(...places.map(({ value }) => value)));
    fc.assert(
      fc.property(fc.constantFrom(...places), other, ({ path }, value) => {
        const bundle = JSON.parse(text) as JsonValue;
        put(bundle, path, value as JsonValue);
        expect(OUTCOMES).to.include(outcomeOf(utf8(`${JSON.stringify(bundle)}\n`), genesisHash));
      }),
      { numRuns: 100 },
    );
  });
});

interface Place {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}

/** Every member of a value, at any depth. */
function placesIn(value: JsonValue, path: readonly (string | number)[] = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const members: [string | number, JsonValue][] = Array.isArray(value)
    ? [...(value as JsonValue[]).entries()]
    : Object.entries(value);
  const here = path.length === 0 ? [] : [{ path, value }];
  return [...here, ...members.flatMap(([name, member]) => placesIn(member, [...path, name]))];
}

function put(value: JsonValue, path: readonly (string | number)[], replacement: JsonValue): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  const container = value as Record<string | number, JsonValue>;
  if (rest.length === 0) container[name] = replacement;
  else put(container[name] ?? null, rest, replacement);
}
