import { BlockchainInfo, decode, headerHash, readBlock, toHex } from '@passage/ledger';

import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/** The ledger's own answers: qscc and cscc. */
export const queries: readonly Scenario[] = [
  {
    name: 'queries of the ledger',
    async play(stage: Stage): Promise<void> {
      const { channel } = stage.network;
      const qscc = (name: string, ...args: (string | Uint8Array)[]) => ({ chaincode: 'qscc', name, args });
      const ask = (name: string, ...args: (string | Uint8Array)[]): Promise<Uint8Array> =>
        stage.query(qscc(name, channel, ...args));
      const sent = await stage.endorse('asked for', { name: 'put', args: ['asked', '1'] });
      const { block } = await stage.send(sent);
      const txId = sent.transaction.getTransactionId();
      const info = decode(BlockchainInfo, await ask('GetChainInfo'));
      const stored = await ask('GetBlockByNumber', String(block));
      const { header } = readBlock(stored);
      stage.note('GetChainInfo tells the height', info.height === Number(block) + 1);
      stage.note(
        'and the hash of the last block',
        toHex(info.currentBlockHash) === toHex(headerHash(header)),
      );
      stage.note('and of the one before', toHex(info.previousBlockHash) === toHex(header.previousHash));
      const same = (bytes: Uint8Array): boolean => Buffer.from(bytes).equals(Buffer.from(stored));
      stage.note('GetBlockByHash', same(await ask('GetBlockByHash', headerHash(header))));
      stage.note('GetBlockByTxID', same(await ask('GetBlockByTxID', txId)));
      const transaction = Buffer.from(await ask('GetTransactionByID', txId));
      stage.note('GetTransactionByID', {
        startsWithEnvelope: transaction[0] === 0x0a,
        // ProcessedTransaction{envelope = 1, validation_code = 2}: a code of 0 is not written.
        length: transaction.length > 1000,
      });
      const unknown = 'f'.repeat(64);
      await stage.evaluate('a block ahead', qscc('GetBlockByNumber', channel, '100000'));
      await stage.evaluate('a number that is none', qscc('GetBlockByNumber', channel, 'ten'));
      await stage.evaluate('an unknown hash', qscc('GetBlockByHash', channel, Buffer.alloc(32)));
      await stage.evaluate('an unknown transaction', qscc('GetTransactionByID', channel, unknown));
      await stage.evaluate('a block of an unknown transaction', qscc('GetBlockByTxID', channel, unknown));
      await stage.evaluate('an unknown channel', qscc('GetChainInfo', 'nowhere'));
      await stage.evaluate('no arguments', qscc('GetChainInfo'));
      await stage.evaluate('no number', qscc('GetBlockByNumber', channel));
      await stage.evaluate('an unknown question', qscc('GetEverything', channel));
    },
  },
  {
    name: 'queries of the configuration',
    async play(stage: Stage): Promise<void> {
      const { channel } = stage.network;
      const cscc = (name: string, ...args: string[]) => ({ chaincode: 'cscc', name, args });
      await stage.evaluated(
        'GetConfigBlock',
        cscc('GetConfigBlock', channel),
        (bytes) => readBlock(bytes).header.number,
      );
      await stage.evaluate('of an unknown channel', cscc('GetConfigBlock', 'nowhere'));
      await stage.evaluated(
        'GetChannelConfig',
        cscc('GetChannelConfig', channel),
        (bytes) => bytes.length > 1000,
      );
      await stage.evaluate('an unknown question', cscc('GetEverything', channel));
    },
  },
];
