import { expect } from 'chai';

import { Normalizer } from './normalizer.js';

const id = 'ab'.repeat(32);

describe('Normalizer', () => {
  const normalizer = new Normalizer({ channel: 'passage-embedded', chaincode: 'passage' });
  normalizer.nameTransaction(id, 'scenario/step');
  normalizer.nameVersion(7, 1, 'scenario/step');

  it('takes out what two runs cannot have in common', () => {
    const told = normalizer.text(
      `${id} at localhost:7051, channel [passage-embedded], key@3@ of 2026-11-22T10:00:00Z`,
    );
    expect(told).to.equal('<tx scenario/step> at <address>, channel [passage], key@ of <time>');
  });

  it('leaves hashes alone that are no transaction of a scenario', () => {
    expect(normalizer.text('cd'.repeat(32))).to.equal('cd'.repeat(32));
  });

  it('tells a version by the step that wrote it', () => {
    expect(normalizer.value({ version: { block: 7, tx: 1 }, other: { block: 1, tx: 0 } })).to.deep.equal({
      version: 'scenario/step',
      other: 'an earlier one',
    });
  });

  it('tells bytes as text, in hex, or by their hash', () => {
    expect(normalizer.bytes(Buffer.from('väl'))).to.equal('väl');
    expect(normalizer.bytes(Uint8Array.of(255, 0))).to.equal('0xff00');
    expect(normalizer.bytes(Buffer.alloc(500))).to.match(/^<500 bytes, [0-9a-f]{64}>$/);
  });
});
