import { expect } from 'chai';
import fc from 'fast-check';
import { writeFrame } from '@passage/ledger';
import { splitFrames } from './frames.js';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function split(bytes: Uint8Array, size: number): Promise<{ frames: Buffer[]; rest: number }> {
  const splitting = splitFrames(inChunks(bytes, size));
  const frames: Buffer[] = [];
  for (;;) {
    const { done, value } = await splitting.next();
    if (done === true) return { frames, rest: value.length };
    frames.push(Buffer.from(value));
  }
}

describe('splitFrames', () => {
  it('gives the same frames however the bytes come, and what is left of the last', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 400 })),
        fc.integer({ min: 1, max: 500 }),
        fc.nat({ max: 3 }),
        async (contents, size, cut) => {
          const whole = Buffer.concat(contents.map(writeFrame));
          const last = contents.length === 0 ? 0 : writeFrame(contents.at(-1) ?? new Uint8Array()).length;
          const cutBytes = Math.min(cut, Math.max(0, last - 1));
          const { frames, rest } = await split(whole.subarray(0, whole.length - cutBytes), size);
          const kept = cutBytes === 0 ? contents : contents.slice(0, -1);
          expect(frames).to.deep.equal(kept.map((content) => Buffer.from(content)));
          expect(rest).to.equal(cutBytes === 0 ? 0 : last - cutBytes);
        },
      ),
    ));

  it('reads a frame of many small chunks in time that grows with its length alone', async function () {
    this.timeout(20_000);
    const { frames } = await split(writeFrame(new Uint8Array(40 << 20)), 4096);
    expect(frames.map(({ length }) => length)).to.deep.equal([40 << 20]);
  });
});
