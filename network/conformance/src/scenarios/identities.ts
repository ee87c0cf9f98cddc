import { randomBytes } from 'node:crypto';

import { gateway as gatewayMessages, peer } from '@hyperledger/fabric-protos';
import { buildProposal, serializeIdentity, utf8 } from '@passage/ledger';
import type { Signer } from '@passage/network-embedded/testing';

import { Certifier } from '../network/certifier.js';
import type { OrganizationName } from '../network/under-test.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** What somebody may do: evaluate, endorse and submit, ask for a fate, read blocks. */
export async function tryEverything(
  stage: Stage,
  who: string,
  as: Signer,
  at: OrganizationName = 'customs',
): Promise<void> {
  await stage.evaluate(`${who}: evaluates`, { name: 'get', args: ['a'], as, at });
  await stage.submit(`${who}: submits`, { name: 'put', args: ['a', '1'], as, at });
  await stage.submit(`${who}: submits, endorsed by others`, {
    name: 'put',
    args: ['a', '1'],
    as,
    at,
    endorsers: ['port', 'business'],
  });
  await stage.attempt(`${who}: reads blocks`, () => firstBlock(stage, as, at));
}

/** The client library tells a refused reader no more than a status. */
async function firstBlock(stage: Stage, as: Signer, at: OrganizationName): Promise<unknown> {
  const network = stage.connections.gateway(at, as).getNetwork(stage.network.channel);
  try {
    const blocks = await network.getFilteredBlockEvents({ startBlock: 0n });
    for await (const block of blocks) {
      blocks.close();
      return `block ${String(block.getNumber())}`;
    }
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A proposal with a timestamp of our choice; the client library always takes its own clock. */
async function endorseAt(stage: Stage, step: string, time: Date): Promise<void> {
  const user = stage.client('customs');
  const { txId, proposal } = buildProposal({
    channelId: stage.network.channel,
    chaincode: stage.network.chaincode,
    args: ['put', 'late', '1'].map((arg) => utf8(arg)),
    creator: serializeIdentity(user.mspId, Buffer.from(user.certificatePem)),
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(time.getTime() / 1000), nanos: 0 },
  });
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal);
  const proposed = new gatewayMessages.ProposedTransaction();
  proposed.setTransactionId(txId);
  proposed.setProposal(signed);
  const client = stage.connections.gateway('customs', user);
  await stage.attempt(step, async () => {
    await client.newSignedProposal(proposed.serializeBinary(), user.sign(proposal)).endorse();
    return 'endorsed';
  });
}

/** The other of an ECDSA signature's two values, which Fabric does not take (F:bccsp/sw/ecdsa.go). */
function highS(signature: Uint8Array): Uint8Array {
  const rLength = signature[3] ?? 0;
  const r = signature.subarray(2, 4 + rLength);
  const s = BigInt(`0x${Buffer.from(signature.subarray(6 + rLength)).toString('hex')}`);
  const hex = (P256_ORDER - s).toString(16).padStart(64, '0');
  const value = Buffer.concat([Buffer.of(0), Buffer.from(hex, 'hex')]);
  const content = Buffer.concat([r, Buffer.of(0x02, value.length), value]);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

/** Who may ask, and how a request has to be signed. */
export const identities: readonly Scenario[] = [
  {
    name: 'who is let in',
    async play(stage: Stage): Promise<void> {
      const customs = stage.network.organization('customs');
      const longAgo = new Date(Date.now() - 6 * 365 * 24 * 3_600_000);
      await tryEverything(stage, 'a client of its own organisation', stage.client('customs'));
      await tryEverything(stage, 'a client of another', stage.client('port'));
      await tryEverything(stage, 'a client of the auditor', stage.client('auditor'), 'auditor');
      await tryEverything(stage, 'an admin', customs.admin);
      await tryEverything(stage, 'a peer', await customs.certifier.issue({ unit: 'peer' }));
      await tryEverything(stage, 'an orderer', await customs.certifier.issue({ unit: 'orderer' }));
      await tryEverything(stage, 'of no role', await customs.certifier.issue({ unit: 'clerk' }));
      await tryEverything(stage, 'expired', await customs.certifier.issue({ issued: longAgo }));
      const port = stage.network.organization('port');
      await tryEverything(stage, 'of another CA', await port.certifier.issue({ claims: 'CustomsMSP' }));
      await tryEverything(stage, 'of no MSP', await port.certifier.issue({ claims: 'NoMSP' }));
      const stranger = await Certifier.stranger('CustomsMSP');
      await tryEverything(stage, 'of a CA that nobody knows', await stranger.issue());
    },
  },
  {
    name: 'how a request is signed',
    async play(stage: Stage): Promise<void> {
      const client = stage.client('customs');
      const signedBy = (sign: Signer['sign']): Signer => ({ ...client, sign });
      await tryEverything(
        stage,
        'with another key',
        signedBy((message) => stage.client('port').sign(message)),
      );
      await tryEverything(
        stage,
        'with a high S',
        signedBy((message) => highS(client.sign(message))),
      );
      await tryEverything(
        stage,
        'with bytes that are no signature',
        signedBy(() => Buffer.from('no signature')),
      );
      const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
      await endorseAt(stage, 'twenty minutes ago', minutes(-20));
      await endorseAt(stage, 'in twenty minutes', minutes(20));
      await endorseAt(stage, 'ten minutes ago', minutes(-10));
      const endorsed = await stage.endorse('asked for', { name: 'put', args: ['asked', '1'] });
      const sent = await stage.submitOnce(endorsed);
      await stage.settled(sent);
      await stage.attempt('a question for a fate with a wrong signature', async () => {
        const gateway = stage.connections.gateway('customs', client);
        return (await gateway.newSignedCommit(sent.getBytes(), Buffer.from('wrong')).getStatus()).code;
      });
    },
  },
];
