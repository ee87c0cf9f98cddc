import { custodyChain, type Told } from '@passage/evidence/testing';
import { replay } from '../replay.js';
import { sourceOf } from './block-source.js';
import type { ReplayOptions } from '../replay-options.js';
import type { ReplayReport } from '../report.js';

/** The blocks of a story, replayed without a package of its chaincode. */
export async function replayed(
  tell: (ledger: string) => readonly Told[],
  {
    version,
    ...options
  }: Pick<ReplayOptions, 'all' | 'ownPackage' | 'rerun'> & { readonly version?: string } = {},
): Promise<ReplayReport> {
  const chain = custodyChain(tell, version === undefined ? {} : { version });
  const blocks = [...chain.blocks()].map(({ block }) => block);
  return replay(sourceOf(blocks), { genesisHash: chain.genesisHash, ...options });
}
