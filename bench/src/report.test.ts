import { expect } from 'chai';

import { tableOf } from './report.js';
import { spread } from './statistics.js';

describe('the table of a measurement', () => {
  it('shows medians with both ends, three digits, and leaves empty what was not compared', () => {
    const table = tableOf({
      title: 'speed',
      ours: 'fast',
      theirs: 'slow',
      rows: [
        {
          what: 'ready',
          unit: 's',
          ours: spread([1.2345, 1.5, 2]),
          theirs: spread([3]),
          ratio: spread([0.5]),
        },
        { what: 'memory', unit: 'MB', ours: spread([123.4]) },
      ],
      notes: ['a word'],
    });
    const lines = table.split('\n');
    expect(lines[2]).to.match(/^ {2}ready +s +1\.50 \(1\.23–2\.00\) +3\.00 +0\.500$/);
    expect(lines[3]).to.match(/^ {2}memory +MB +123$/);
    expect(lines.at(-1)).to.equal('  (a word)');
  });

  it('says of each goal whether the median keeps it', () => {
    const [ours, ratio] = [spread([2, 3, 9]), spread([0.5])];
    const goals = [
      { of: 'ours', atMost: 3 },
      { of: 'ours', atMost: 2.9 },
      { of: 'ratio', atLeast: 0.5 },
      { of: 'ratio', atLeast: 0.51 },
    ] as const;
    const rows = goals.map((goal) => ({ what: 'speed', unit: 's', ours, ratio, goal }));
    const lines = tableOf({ title: '', ours: '', theirs: '', rows, notes: [] }).split('\n').slice(2);
    const said = lines.map((line) => /[≤≥].*$/.exec(line)?.[0]);
    expect(said).to.deep.equal(['≤ 3: met', '≤ 2.9: missed', '≥ 0.5: met', '≥ 0.51: missed']);
  });
});
