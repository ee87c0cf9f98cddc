import { expect } from 'chai';
import { ProgressLine } from './progress-line.js';

function linesOf(isTTY: boolean, times: readonly number[]): string[] {
  const lines: string[] = [];
  const clock = [...times];
  const line = new ProgressLine({ isTTY, write: (text) => lines.push(text) }, () => clock.shift() ?? 0);
  for (const [index] of times.slice(1).entries()) {
    line.update({ blocks: 10 * (index + 1), transactions: 100 * (index + 1), done: (index + 1) / 4 });
  }
  line.end();
  return lines;
}

describe('ProgressLine', () => {
  it('writes a line every five seconds where nobody watches, with rate and time left', () => {
    expect(linesOf(false, [0, 1, 5, 6])).to.deep.equal([
      'replayed 20 blocks, 200 transactions (50 %), 40 transactions/s, about 5 s left\n',
    ]);
  });

  it('rewrites one line on a terminal and leaves nothing of it', () => {
    const lines = linesOf(true, [0, 1, 2]);
    expect(lines).to.have.length(3);
    expect(lines[0]).to.match(/^\r.*replayed 10 blocks/);
    expect(lines.at(-1)).not.to.include('replayed');
  });
});
