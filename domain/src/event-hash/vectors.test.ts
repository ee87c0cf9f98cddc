import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { eventsOf } from '../epcis/document.js';
import { readJson } from '../json/read-json.js';
import { isJsonObject, type JsonObject } from '../json/value.js';
import { documentHashes } from './event-hash.js';
import { preHashString, surroundingsOf } from './pre-hash.js';

function read(file: string): JsonObject {
  const value = readJson(readFileSync(file));
  return isJsonObject(value) ? value : {};
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

describe('the published event hashes', () => {
  it('are ours, for every event of every JSON-LD document', function () {
    const folder = needSharedData(this, 'event-hash');
    const files = globSync(`${folder}examples/*.jsonld`);
    expect(files).to.have.length.above(12);
    for (const file of files) {
      const name = basename(file, '.jsonld');
      const document = read(file);
      const strings = eventsOf(document).map(({ event }) => preHashString(event, surroundingsOf(document)));
      const corrected = `${folder}corrected-prehashes/${name}.prehashes`;
      const published = existsSync(corrected) ? corrected : `${folder}examples/${name}.prehashes`;
      expect(strings, name).to.deep.equal(lines(published));
      const hashes = documentHashes(document);
      expect(hashes, name).to.deep.equal(lines(`${folder}examples/${name}.hashes`));
    }
  });

  it('are the same for events that are the same', function () {
    const folder = needSharedData(this, 'event-hash');
    for (const file of globSync(`${folder}expected_equal/*.json`)) {
      const document = read(file);
      const hashes = documentHashes(document);
      expect(hashes, file).to.have.length.above(1);
      expect(new Set(hashes), file).to.have.property('size', 1);
    }
  });
});
