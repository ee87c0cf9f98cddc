import { generateKeyPairSync, verify } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'chai';
import { decode, Envelope } from '@passage/ledger';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { startFakePeer } from '../testing/fake-peer.js';
import { blocksOf, fileIn, GENESIS, recordedFolder, withFolder } from '../testing/recorded-folder.js';
import { selfSigned } from '../testing/self-signed.js';
import { peerBlocks } from './peer-blocks.js';
import { profilePeer } from './profile-peer.js';
import type { FakePeer, FakePeerBehaviour } from '../testing/fake-peer.js';
import type { PeerAccess } from './peer-blocks.js';

const tls = selfSigned();
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Writes the profile of a running network with one organisation, and reads it back. */
function accessTo(folder: string, address: string): PeerAccess {
  fileIn(folder, 'tls.pem', tls.certificate);
  fileIn(folder, 'cert.pem', tls.certificate);
  fileIn(folder, 'key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const organization = {
    name: 'auditor',
    mspId: 'AuditorMSP',
    peer: { address, tlsRootCert: 'tls.pem' },
    admin: { cert: 'cert.pem', key: 'key.pem' },
  };
  const profile = { format: 'passage-profile-1', channel: 'grove', organizations: [organization] };
  return profilePeer(fileIn(folder, 'profile.json', JSON.stringify(profile)), 'auditor');
}

async function withPeer<T>(
  behaviour: FakePeerBehaviour,
  run: (peer: FakePeer, access: PeerAccess) => Promise<T>,
): Promise<T> {
  const peer = await startFakePeer(tls, behaviour);
  try {
    return await withFolder((folder) => run(peer, accessTo(folder, peer.address)));
  } finally {
    peer.stop();
  }
}

async function failureOf(access: PeerAccess): Promise<AuditError> {
  try {
    await replay(peerBlocks(access), { genesisHash: GENESIS });
  } catch (error) {
    if (error instanceof AuditError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('peerBlocks', function () {
  this.timeout(60_000);

  it('replays a chain from a peer, asking as the organisation’s admin', async function () {
    const { stream } = recordedFolder(this);
    await withPeer({ blocks: blocksOf(stream) }, async (peer, access) => {
      const fractions: number[] = [];
      const report = await replay(peerBlocks(access), {
        genesisHash: GENESIS,
        onProgress: ({ done }) => fractions.push(done),
      });
      expect(report).to.deep.include({ blocks: 183, differences: [] });
      expect(fractions.at(-1)).to.equal(1);
      const { payload, signature } = decode(Envelope, peer.requests[0] ?? new Uint8Array());
      expect(verify('sha256', payload, publicKey, signature)).to.equal(true);
    });
  });

  it('says that the peer refuses', () =>
    withPeer({ blocks: [], refuseWith: 403 }, async (_, access) => {
      const { code, message } = await failureOf(access);
      expect(code).to.equal('PEER_REFUSED');
      expect(message).to.include('give another --org');
    }));

  it('does not take a stream that broke for a chain that ended', async function () {
    const { stream } = recordedFolder(this);
    await withPeer({ blocks: blocksOf(stream), breakAfter: 5 }, async (_, access) => {
      expect((await failureOf(access)).code).to.equal('PEER_UNAVAILABLE');
    });
  });

  it('says how to start a network that is not there', () =>
    withFolder(async (folder) => {
      const { code, message } = await failureOf(accessTo(folder, 'localhost:1'));
      expect(code).to.equal('PEER_UNAVAILABLE');
      expect(message).to.include('./test-network.sh up');
    }));
});

describe('profilePeer', () => {
  const broken = async (content: string | undefined, sentence: string): Promise<void> =>
    withFolder((folder) => {
      const path = join(folder, 'profile.json');
      if (content !== undefined) fileIn(folder, 'profile.json', content);
      expect(() => profilePeer(path, 'auditor')).to.throw(AuditError, sentence);
      return Promise.resolve();
    });

  it('says what is wrong with a profile', async () => {
    await broken(undefined, 'cannot be read');
    await broken('{', 'cannot be read');
    await broken('null', 'names no organization "auditor": name one of: none');
    await broken('{"organizations":[{"name":"customs"}]}', 'name one of: customs');
    await broken(
      '{"channel":"c","organizations":[{"name":"auditor"}]}',
      'lacks address of organization auditor',
    );
    const missing = { name: 'auditor', peer: { address: 'a', tlsRootCert: 'tls.pem' } };
    await broken(JSON.stringify({ channel: 'c', organizations: [missing] }), 'tls.pem cannot be read');
  });
});
