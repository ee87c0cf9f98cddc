import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isJsonObject } from '@passage/domain';
import { asPrinted, brokenIn, membersIn, schemaOf } from '../testing/json-schema.js';
import { Story } from '../testing/story.js';
import { BUNDLE_CHECKS, BUNDLE_FAULTS, verifyBundle } from './index.js';
import type { JsonObject, JsonValue } from '@passage/domain';

const schema = schemaOf('verdict-1');

describe('the JSON schema of verdicts', function () {
  this.timeout(60_000);
  const story = new Story();
  const { genesisHash } = story.chain;
  /** The verdict as a program reads it. */
  const verdictOf = (kind: 'blocks' | 'proofs'): JsonObject =>
    asPrinted(verifyBundle(story.bytes(kind), { genesisHash }));

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`describes the verdict on a good bundle of ${kind}, with the members in their order`, () => {
      const verdict = verdictOf(kind);
      expect(brokenIn(schema, verdict)).to.deep.equal([]);
      expect(Object.keys(verdict)).to.deep.equal(schema['required']);
    });
  }

  it('is left by whatever is no verdict', () => {
    const good = verdictOf('proofs');
    const line = (good['lines'] as JsonObject[])[0] ?? {};
    for (const other of [
      { format: 'passage-bundle-verdict-2' },
      { verdict: 'true' },
      { completeness: { proven: false, height: 3 } },
      { lines: [{ ...line, status: 'fails' }] },
      { lines: [{ ...line, check: 'luck' }] },
      { more: 1 },
    ])
      expect(brokenIn(schema, { ...good, ...other }), JSON.stringify(other)).not.to.be.empty;
  });

  it('knows every check and every fault, in their order', () => {
    const words = (name: string): JsonValue | undefined => {
      const definition = (schema['$defs'] as JsonObject)[name];
      return isJsonObject(definition ?? null) ? (definition as JsonObject)['enum'] : undefined;
    };
    expect(words('check')).to.deep.equal([...BUNDLE_CHECKS]);
    expect(words('fault')).to.deep.equal([...BUNDLE_FAULTS]);
  });

  it('has no member that docs/evidence.md does not explain', () => {
    const page = readFileSync(new URL('../../../docs/evidence.md', import.meta.url), 'utf8');
    expect(membersIn(schema).filter((name) => !page.includes(`\`${name}\``))).to.deep.equal([]);
  });
});
