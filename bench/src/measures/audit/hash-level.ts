import { availableParallelism } from 'node:os';

import { opensslHashed } from '../../machine.js';
import type { RecordedChain } from '../../recorded-blocks.js';
import type { Measurement } from '../../report.js';
import { spread } from '../../statistics.js';
import { cost, inTurns, row, startOf, title } from './taken.js';

/**
 * Level hash beside OpenSSL's own benchmark in pieces of a block's size.
 *
 * @param short the beginning of the chain: so little that it takes longest to start.
 */
export function measureHashLevel(chain: RecordedChain, short: RecordedChain, rounds: number): Measurement {
  const bytesPerBlock = Math.round(chain.envelopeBytes / chain.blocks);
  const cores = availableParallelism();
  const { ours, openssl, beginning } = inTurns(rounds, {
    ours: () => cost(chain, { level: 'hash', threads: cores }),
    openssl: () => (opensslHashed(bytesPerBlock) ?? Number.NaN) / 1e6,
    beginning: () => cost(short, { level: 'hash', threads: cores }),
  });
  const megabytes = chain.envelopeBytes / 1e6;
  const wall = ours.map(({ seconds }) => megabytes / seconds);
  const processor = ours.map(({ processorSeconds }) => megabytes / processorSeconds);
  return {
    title: title(`Replay, level hash, ${String(Math.round(bytesPerBlock / 1000))} kB a block`, chain),
    ours: 'passage replay --level hash',
    theirs: 'openssl speed sha256, blocks of the same size',
    rows: [
      row(`envelopes, ${String(cores)} threads`, 'MB/s', wall, openssl, { atLeast: 0.6 }),
      row('envelopes in a second of processor time', 'MB/s', processor, openssl),
      {
        what: `start, and the first ${String(Math.round(short.envelopeBytes / 1e6))} of ${String(Math.round(megabytes))} MB`,
        unit: 's',
        ours: spread(beginning.map(({ seconds }) => seconds)),
        theirs: spread(openssl.map((each) => short.envelopeBytes / 1e6 / each)),
      },
      { what: 'most resident memory', unit: 'MB', ours: spread(ours.map((one) => one.megabytes)) },
    ],
    notes: [
      startOf(ours),
      'OpenSSL has one thread, checks no signature of orderers and reads no file; starting the threads counts',
      'behind the first 20 blocks the chain has the same envelopes again, in blocks that are linked and signed anew',
    ],
  };
}
