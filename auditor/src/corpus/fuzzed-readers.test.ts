import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBlockRecord, encodeBlockRecord, LedgerError, readBlock, writeFrame } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { openRecorded } from '../source/open-folder.js';
import { streamOf } from '../testing/block-source.js';
import { fieldsOf, readByOracle } from '../testing/block-readers.js';
import { nodeKey } from '../testing/node-key.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import type { RawBlock } from '@passage/ledger';

const chain = generateChain({ newKey: nodeKey, transactions: 8, perBlock: 4, valueBytes: 8 });
const generated = [...chain.blocks()];
const blocks = generated.map(({ block }) => block);
const serialized = generated.map(({ bytes }) => bytes);

/** A piece taken out somewhere, and another put in its place. `at` counts round the end. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly put: Uint8Array;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.oneof(
    fc.record({ at: fc.nat(), removed: fc.nat({ max: 12 }), put: fc.uint8Array({ maxLength: 12 }) }),
    fc.record({ at: fc.nat(), removed: fc.constant(3), put: fc.uint8Array({ minLength: 3, maxLength: 3 }) }),
  ),
  { minLength: 1, maxLength: 4 },
);

function damaged(bytes: Uint8Array, damage: readonly Edit[]): Buffer {
  return damage.reduce((whole, { at, removed, put }) => {
    const place = at % (whole.length + 1);
    return Buffer.concat([whole.subarray(0, place), put, whole.subarray(place + removed)]);
  }, Buffer.from(bytes));
}

const anyBlock = fc.nat({ max: blocks.length - 1 });

function read(bytes: Uint8Array): RawBlock | undefined {
  try {
    return readBlock(bytes);
  } catch (error) {
    expect(error).to.be.instanceOf(LedgerError);
    return undefined;
  }
}

describe('readers of blocks, given anything', function () {
  this.timeout(60_000);

  it('read what they read of a block as fabric-protos does, and refuse the rest with an error of their own', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyBlock, edits, (number, damage) => {
        const bytes = damaged(serialized[number] ?? new Uint8Array(), damage);
        const block = read(bytes);
        // Some bytes that are no message keep the oracle busy for half a minute; ours has refused those by now.
        const expected = block && readByOracle(bytes);
        if (block === undefined || expected === undefined) return;
        expect(fieldsOf(block)).to.deep.equal(expected);
        compared += 1;
      }),
      { numRuns: 2000 },
    );
    expect(compared).to.be.greaterThan(100);
  });

  it('read a record of a block file, or refuse it with an error of their own', () => {
    const records = blocks.map(encodeBlockRecord);
    fc.assert(
      fc.property(anyBlock, edits, (number, damage) => {
        const bytes = damaged(records[number] ?? new Uint8Array(), damage);
        try {
          const block = decodeBlockRecord(bytes);
          expect(decodeBlockRecord(encodeBlockRecord(block))).to.deep.equal(block);
        } catch (error) {
          expect(error).to.be.instanceOf(LedgerError).with.property('code', 'MALFORMED_BLOCK');
        }
      }),
      { numRuns: 2000 },
    );
  });

  const forms = {
    'blocks.bin': streamOf(blocks),
    'blocks.bin.gz': gzipSync(streamOf(blocks)),
    blockfile_000000: Buffer.concat(blocks.map((block) => writeFrame(encodeBlockRecord(block)))),
    '0.block': Buffer.from(streamOf(blocks.slice(0, 1))),
  };
  for (const [name, content] of Object.entries(forms)) {
    it(`replay what is left of a damaged ${name}, or say that it cannot be read`, () =>
      withFolder((folder) =>
        fc.assert(
          fc.asyncProperty(edits, async (damage) => {
            const path = fileIn(folder, name, damaged(content, damage));
            try {
              const { blocks: count } = await replay(openRecorded(path), { genesisHash: chain.genesisHash });
              expect(count).to.be.greaterThan(0);
            } catch (error) {
              expect(error).to.be.instanceOf(AuditError);
              const { code } = error as AuditError;
              expect(code).to.be.oneOf(['SOURCE_TRUNCATED', 'SOURCE_UNREADABLE', 'SOURCE_NOT_FOUND']);
            }
          }),
          { numRuns: 60 },
        ),
      ));
  }
});
