import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isJsonArray, isJsonObject, readJson } from '@passage/domain';
import { badBundles, Stories } from '../testing/bad-bundles.js';
import { Story } from '../testing/story.js';
import { readBundle, writeBundle } from './index.js';
import type { JsonObject, JsonValue } from '@passage/domain';

const schema = readJson(
  readFileSync(new URL('../../schemas/bundle-1.schema.json', import.meta.url)),
) as JsonObject;

/** What a value breaks of the words of JSON Schema that ours uses; a JSON pointer each. */
function broken(value: JsonValue, rule: JsonObject, at = ''): readonly string[] {
  const { $ref, oneOf } = rule;
  if (typeof $ref === 'string') {
    const definitions = schema['$defs'] as JsonObject;
    return broken(value, definitions[$ref.slice('#/$defs/'.length)] as JsonObject, at);
  }
  if (isJsonArray(oneOf ?? null)) {
    return (oneOf as JsonObject[]).some((one) => broken(value, one, at).length === 0) ? [] : [at];
  }
  return [...brokenHere(value, rule, at), ...brokenInside(value, rule, at)];
}

function brokenHere(value: JsonValue, rule: JsonObject, at: string): readonly string[] {
  const type = isJsonArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  const text = typeof value === 'string' ? value : '';
  const checks = {
    type: (word: JsonValue) => word === type,
    const: (word: JsonValue) => word === value,
    enum: (words: JsonValue) => (words as JsonValue[]).includes(value),
    pattern: (word: JsonValue) => new RegExp(word as string, 'u').test(text),
    minimum: (word: JsonValue) => Number(value) >= Number(word),
    maximum: (word: JsonValue) => Number(value) <= Number(word),
    minLength: (word: JsonValue) => text.length >= Number(word),
    maxLength: (word: JsonValue) => text.length <= Number(word),
    minItems: (word: JsonValue) => (value as JsonValue[]).length >= Number(word),
    maxItems: (word: JsonValue) => (value as JsonValue[]).length <= Number(word),
    required: (names: JsonValue) => (names as string[]).every((name) => Object.hasOwn(value as object, name)),
  };
  const failed = Object.entries(checks).filter(([word, holds]) => {
    const said = rule[word];
    return said !== undefined && !holds(said);
  });
  return failed.map(([word]) => `${at} ${word}`);
}

function brokenInside(value: JsonValue, { items, properties }: JsonObject, at: string): readonly string[] {
  if (isJsonArray(value))
    return value.flatMap((one, index) => broken(one, items as JsonObject, `${at}/${index}`));
  if (!isJsonObject(value)) return [];
  const known = properties as JsonObject;
  return Object.entries(value).flatMap(([name, member]) => {
    const rule = known[name];
    return rule === undefined
      ? [`${at}/${name} unknown`]
      : broken(member, rule as JsonObject, `${at}/${name}`);
  });
}

/** The names of all members that a schema speaks of, at any depth. */
function membersIn(rule: JsonValue): readonly string[] {
  if (isJsonArray(rule)) return rule.flatMap(membersIn);
  if (!isJsonObject(rule)) return [];
  const { properties = {} } = rule;
  return [...Object.keys(properties as JsonObject), ...Object.values(rule).flatMap(membersIn)];
}

describe('the JSON schema of bundles', function () {
  this.timeout(60_000);
  const story = new Story();
  const jsonOf = (bytes: Uint8Array): JsonValue => readJson(bytes, { maxBytes: Infinity });

  it('describes every bundle that somebody has tampered with in its meaning alone', () => {
    const stories = new Stories();
    for (const { name, make } of badBundles) {
      const bytes = writeBundle(make(stories));
      expect(broken(jsonOf(bytes), schema), name).to.deep.equal([]);
    }
  });

  for (const kind of ['blocks', 'proofs'] as const) {
    it(`describes a bundle of ${kind}`, () => {
      expect(broken(jsonOf(story.bytes(kind, undefined, [story.opening])), schema)).to.deep.equal([]);
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
      expect(broken(changed, schema), JSON.stringify(bad)).not.to.be.empty;
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
