import { expect } from 'chai';
import { encode, message, uint64 } from '@passage/ledger';

import type { SeekInfo, SeekPosition } from '../proto/seek.js';
import { seekRange } from './seek.js';

const HEIGHT = 10;

const Specified = message('orderer.SeekSpecified', { number: uint64(1) });
const at = (number: number): SeekPosition => ({ specified: encode(Specified, { number }) });
/** What Go clients send for "without end". */
const MAX_UINT64: SeekPosition = {
  specified: Uint8Array.of(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
};
const oldest: SeekPosition = { oldest: {} };
const newest: SeekPosition = { newest: {} };
const nextCommit: SeekPosition = { nextCommit: {} };

const seek = (start: SeekPosition, stop: SeekPosition, behavior = 0): SeekInfo => ({
  start,
  stop,
  behavior,
  errorResponse: 0,
  contentType: 0,
});

describe('seekRange', () => {
  it('reads from the first block to the newest at the time', () => {
    expect(seekRange(seek(oldest, newest), HEIGHT)).to.deep.equal({ first: 0, last: 9, waits: true });
  });

  it('takes the largest number for "without end"', () => {
    expect(seekRange(seek(at(3), MAX_UINT64), HEIGHT)).to.deep.equal({
      first: 3,
      last: Infinity,
      waits: true,
    });
  });

  it('gives one block for newest to newest and for oldest to oldest', () => {
    expect(seekRange(seek(newest, newest), HEIGHT)).to.include({ first: 9, last: 9 });
    expect(seekRange(seek(oldest, oldest), HEIGHT)).to.include({ first: 0, last: 0 });
  });

  it('lets the next block be waited for, and none further ahead', () => {
    expect(seekRange(seek(nextCommit, MAX_UINT64), HEIGHT)).to.include({ first: 10 });
    expect(seekRange(seek(at(10), at(10)), HEIGHT)).to.include({ first: 10, last: 10 });
    expect(seekRange(seek(at(11), at(11)), HEIGHT)).to.equal(404);
  });

  it('refuses a stop before the start', () => {
    expect(seekRange(seek(at(5), at(4)), HEIGHT)).to.equal(400);
  });

  it('refuses a request without start or stop', () => {
    expect(seekRange({ behavior: 0, errorResponse: 0, contentType: 0 }, HEIGHT)).to.equal(400);
  });

  it('finds nothing at a position of no kind', () => {
    expect(seekRange(seek({}, newest), HEIGHT)).to.equal(404);
  });

  it('does not wait if the client says so', () => {
    expect(seekRange(seek(at(1), at(20), 1), HEIGHT)).to.deep.equal({ first: 1, last: 20, waits: false });
  });
});
