import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readJson } from '@passage/domain';
import { badBundles, Stories } from '../testing/bad-bundles.js';
import { brokenIn, membersIn, schemaOf } from '../testing/json-schema.js';
import { Story } from '../testing/story.js';
import { readBundle, writeBundle } from './index.js';
import type { JsonObject, JsonValue } from '@passage/domain';

const schema = schemaOf('bundle-1');

describe('the JSON schema of bundles', function () {
  this.timeout(60_000);
  const story = new Story();
  const jsonOf = (bytes: Uint8Array): JsonValue => readJson(bytes, { maxBytes: Infinity });

  it('describes every bundle that somebody has tampered with in its meaning alone', () => {
    const stories = new Stories();
    for (const { name, make } of badBundles) {
      const bytes = writeBundle(make(stories));
      expect(brokenIn(schema, jsonOf(bytes)), name).to.deep.equal([]);
    }
  });

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`describes a bundle of ${kind}`, () => {
      expect(brokenIn(schema, jsonOf(story.bytes(kind, undefined, [story.opening])))).to.deep.equal([]);
    });
  }

  it('names the members in the order of the file', () => {
    const required = schema['required'] as string[];
    const written = Object.keys(jsonOf(story.bytes('proofs')) as JsonObject);
    expect(written).to.deep.equal([...required, 'head', 'statement']);
    expect(Object.keys(schema['properties'] as JsonObject)).to.deep.equal(written);
  });

  it('has no member that docs/evidence.md does not explain', () => {
    const page = readFileSync(new URL('../../../docs/evidence.md', import.meta.url), 'utf8');
    const unexplained = membersIn(schema).filter((name) => !page.includes(`\`${name}\``));
    expect(unexplained).to.deep.equal([]);
  });

  it('refuses what the reader refuses', () => {
    const good = jsonOf(story.bytes('proofs')) as JsonObject;
    for (const bad of [
      { ucr: 'no UCR' },
      { kind: 'both' },
      { events: [] },
      { genesisHash: 'AB' },
      { more: 1 },
    ]) {
      const changed = { ...good, ...bad };
      expect(brokenIn(schema, changed), JSON.stringify(bad)).not.to.be.empty;
      expect(() => readBundle(Buffer.from(`${JSON.stringify(changed)}\n`)))
        .to.throw()
        .with.property('code', 'BUNDLE_MALFORMED');
    }
  });

  it('belongs to a reader that gives back what was written, and takes no other text of it', () => {
    const bundle = story.bundle('blocks');
    const bytes = writeBundle(bundle);
    expect(readBundle(bytes)).to.deep.equal(bundle);
    const text = Buffer.from(bytes).toString('utf8');
    for (const other of [text.trimEnd(), ` ${text}`, JSON.stringify(JSON.parse(text), null, 1)]) {
      expect(() => readBundle(Buffer.from(other)))
        .to.throw()
        .with.property('code', 'BUNDLE_MALFORMED');
    }
    const newer = text.replace('passage-evidence-bundle-1', 'passage-evidence-bundle-2');
    expect(() => readBundle(Buffer.from(newer)))
      .to.throw()
      .with.property('code', 'BUNDLE_VERSION');
  });
});
