import { documentedErrors, refusalsWithoutNextStep, saysNextStep } from '@passage/testing';
import { expect } from 'chai';
import {
  buildBundle,
  MAX_BUNDLE_BYTES,
  MemoryNodes,
  readBundle,
  ShipmentCollector,
  treeRoot,
} from './index.js';
import { EVIDENCE_ERROR_CODES, EvidenceError, type EvidenceErrorCode } from './errors.js';
import { Story } from './testing/story.js';
import type { ShipmentMaterial } from './index.js';

describe('docs/errors.md', () => {
  it('has a row for each code of the evidence, in the same order', () => {
    const rows = documentedErrors('Evidence');
    expect(rows.map(([code]) => code)).to.deep.equal([...EVIDENCE_ERROR_CODES]);
    for (const row of rows) expect(row).to.have.length(3).and.not.include('');
  });
});

describe('every refusal of the evidence says what to do next', function () {
  this.timeout(30_000);
  const story = new Story({ short: true });
  const { genesisHash } = story.chain;
  const build = (kind: 'blocks' | 'proofs', shipment: ShipmentMaterial): unknown =>
    buildBundle({ kind, channel: 'generated', genesisHash, shipment });

  const provoked: Readonly<Record<EvidenceErrorCode, () => unknown>> = {
    BUNDLE_MALFORMED: () => readBundle(Buffer.from('{}\n')),
    BUNDLE_TOO_LARGE: () => readBundle(new Uint8Array(MAX_BUNDLE_BYTES + 1)),
    BUNDLE_VERSION: () =>
      readBundle(Buffer.from(Buffer.from(story.bytes('blocks')).toString().replace('bundle-1', 'bundle-9'))),
    NO_EVENTS: () => build('blocks', new ShipmentCollector('6KRIMPORTER1-NONE').material(story.lookUp)),
    MATERIAL_MISSING: () => build('proofs', story.collector.material(story.lookUp)),
    TREE_NODE_MISSING: () => treeRoot(3, new MemoryNodes()),
  };

  for (const [code, provoke] of Object.entries(provoked))
    it(code, () => {
      expect(provoke)
        .to.throw(EvidenceError)
        .and.to.satisfy((error: EvidenceError) => error.code === code && saysNextStep(error.message));
    });

  it('wherever one is made', () => {
    expect(refusalsWithoutNextStep(new URL('../src/', import.meta.url), 'EvidenceError')).to.deep.equal([]);
  });
});
