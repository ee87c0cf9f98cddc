import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataHash, headerHash, toHex } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { documentedErrors, refusalsWithoutNextStep, saysNextStep } from '@passage/testing';
import { expect } from 'chai';
import { checkReportPlace } from './command/report-file.js';
import { verifyBundleCommand } from './command/verify-bundle-command.js';
import { readIndexDigest } from './compare/index-digest-file.js';
import { AUDIT_ERROR_CODES, AuditError, type AuditErrorCode } from './errors.js';
import { gather } from './evidence/gather.js';
import { replay } from './replay.js';
import { readOpenings } from './rerun/openings.js';
import { readPackageFile } from './rerun/package-file.js';
import { openRecorded } from './source/open-folder.js';
import { peerBlocks } from './source/peer-blocks.js';
import { profilePeer } from './source/profile-peer.js';
import { sourceOf, streamOf } from './testing/block-source.js';
import { startFakePeer } from './testing/fake-peer.js';
import { nodeKey } from './testing/node-key.js';
import { fileIn, withFolder } from './testing/recorded-folder.js';
import { runCommand } from './testing/run-command.js';
import { selfSigned } from './testing/self-signed.js';
import { readTrustFile } from './trust.js';
import type { PeerAccess } from './source/peer-blocks.js';

describe('docs/errors.md, Auditor', () => {
  it('explains every code, in the same order', () => {
    expect(documentedErrors('Auditor').map(([code]) => code)).to.deep.equal([...AUDIT_ERROR_CODES]);
  });
});

const chain = generateChain({ newKey: nodeKey, transactions: 3 });
const blocks = [...chain.blocks()].map(({ block }) => block);
const { genesisHash } = chain;

const tls = selfSigned();

/** How a peer is reached that answers with a status, or one that is not there. */
function accessTo(address: string): PeerAccess {
  const signer = { creator: new Uint8Array(), sign: () => new Uint8Array() };
  return {
    organization: 'x',
    address,
    channel: 'x',
    tlsRootCertificate: Buffer.from(tls.certificate),
    signer,
  };
}

async function refusedByPeer(): Promise<unknown> {
  const peer = await startFakePeer(tls, { blocks: [], refuseWith: 403 });
  try {
    return await replay(peerBlocks(accessTo(peer.address)), { genesisHash });
  } finally {
    peer.stop();
  }
}

/** A chain whose block 0 is nothing that sets up a channel. */
function unsupported(): Promise<unknown> {
  const envelopes = [new Uint8Array([1])];
  const header = { number: 0, previousHash: new Uint8Array(), dataHash: dataHash(envelopes) };
  const block = { header, envelopes, metadata: [] };
  return replay(sourceOf([block]), { genesisHash: toHex(headerHash(header)) });
}

/** Replays with a saved state that somebody has changed before. */
async function withState(
  folder: string,
  change: (state: string) => void,
  genesis = genesisHash,
): Promise<unknown> {
  const state = { folder };
  await replay(sourceOf(blocks), { genesisHash, level: 'hash', state });
  change(folder);
  return replay(sourceOf(blocks), { genesisHash: genesis, level: 'hash', state });
}

/** Each code once, by something that somebody might do. */
const provoked: Readonly<Record<AuditErrorCode, (folder: string) => unknown>> = {
  SOURCE_NOT_FOUND: (folder) => openRecorded(join(folder, 'nothing')),
  SOURCE_TRUNCATED: (folder) =>
    replay(openRecorded(fileIn(folder, 'blocks.bin', streamOf(blocks).subarray(0, 100))), { genesisHash }),
  SOURCE_UNREADABLE: (folder) =>
    replay(openRecorded(fileIn(folder, 'blocks.bin', Buffer.from([3, 255, 255, 255]))), { genesisHash }),
  CHAIN_UNSUPPORTED: () => unsupported(),
  TRUST_UNUSABLE: (folder) => readTrustFile(fileIn(folder, 'trust.json', '{}')),
  PROFILE_UNUSABLE: (folder) => profilePeer(fileIn(folder, 'profile.json', '{}'), 'customs'),
  PEER_UNAVAILABLE: () => replay(peerBlocks(accessTo('localhost:1')), { genesisHash }),
  PEER_REFUSED: () => refusedByPeer(),
  PACKAGE_UNUSABLE: (folder) => readPackageFile(fileIn(folder, 'cc.tgz', 'no package')),
  OPENINGS_UNUSABLE: (folder) => readOpenings(fileIn(folder, 'openings.json', '[]')),
  INDEX_UNUSABLE: (folder) => readIndexDigest(fileIn(folder, 'digest.json', '{}')),
  REPORT_UNWRITABLE: (folder) => {
    checkReportPlace(join(folder, 'nowhere', 'r.json'));
  },
  STATE_ALTERED: (folder) => withState(folder, (state) => fileIn(state, 'replay.jsonl', '{}\n')),
  STATE_OF_ANOTHER: (folder) => withState(folder, () => undefined, 'ab'.repeat(32)),
  STATE_UNWRITABLE: (folder) => {
    mkdirSync(join(folder, 'replay.jsonl'));
    return replay(sourceOf(blocks), { genesisHash, state: { folder } });
  },
  LEDGER_DIFFERS: () => gather(sourceOf([...blocks.slice(0, 2), ...blocks]), { genesisHash, ucr: 'x' }),
  BUNDLE_FILE_UNUSABLE: async (folder) => {
    const { stderr } = await runCommand(verifyBundleCommand, join(folder, 'none'), '--genesis', genesisHash);
    const [code = '', ...message] = stderr.split(': ');
    throw new AuditError(code as AuditErrorCode, message.join(': '));
  },
};

describe('every refusal of the auditor says what to do next', function () {
  this.timeout(30_000);

  for (const [code, provoke] of Object.entries(provoked))
    it(code, () =>
      withFolder(async (folder) => {
        let refusal: unknown;
        try {
          await provoke(folder);
        } catch (error) {
          refusal = error;
        }
        expect(refusal).to.be.instanceOf(AuditError).and.to.have.property('code', code);
        expect((refusal as AuditError).message).to.satisfy(saysNextStep);
      }),
    );

  it('wherever one is made', () => {
    expect(refusalsWithoutNextStep(new URL('../src/', import.meta.url), 'AuditError')).to.deep.equal([]);
  });
});
