import { blockHeaderBytes, withMetadata } from '../../block/index.js';
import { concatBytes, decode, encode } from '../../codec/index.js';
import { channelConfigOf, isConfigBlock } from '../../config/index.js';
import { serializeIdentity } from '../../identity/index.js';
import { BlockMetadataIndex, Metadata, SignatureHeader, TxValidationCode } from '../../proto/index.js';
import { issueCertificate } from '../certificates.js';
import { revocation, updateConfig } from '../config-updates.js';
import { founderOf } from '../consortium.js';
import { quorumOf } from '../sealer.js';
import { differs } from './mutation.js';
import type { RawBlock } from '../../block/index.js';
import type { Forge } from './forge.js';
import type { Signatory } from '../transact.js';
import type { Broken, Mutation } from './mutation.js';

// Blocks on which one of the signatures that it takes is of somebody who may not order.

/** The block that too few orderers sign; it is otherwise as it was. */
const BLOCK = 7;
/** A block with nothing but a configuration, and a block behind it. */
const CONFIG_BLOCK = 9;
const TIME = { seconds: 1_767_225_609, nanos: 0 };

export const STRANGE_ORDERERS: readonly Mutation[] = [
  {
    name: 'stranger-orders',
    what: 'One of the signatures on a block comes with a certificate by a CA that no organisation knows.',
    break: (forge) =>
      signedAlso(
        forge,
        forge.consortium.stranger,
        'CustomsMSP',
        'the certificate is not valid: no chain leads',
      ),
  },
  {
    name: 'unlisted-orderer-signs',
    what: 'One of the signatures is of an orderer by the right CA, whom the configuration does not list.',
    break: (forge: Forge): Broken => {
      const { certificate, sign } = forge.consortium.stranger;
      const { ca, mspId } = founderOf(forge.consortium);
      const subject = { commonName: 'orderer9.customs', unit: 'orderer', serial: 9000 };
      const issued = issueCertificate(ca, subject, { publicKeyInfo: certificate.publicKeyInfo, sign });
      const unlisted = { identity: serializeIdentity(mspId, issued.pem), sign: issued.sign };
      return signedAlso(forge, unlisted, mspId, 'the certificate is none of an orderer of the configuration');
    },
  },
  {
    name: 'peer-orders',
    what: 'One of the signatures is of an organisation’s peer.',
    break: (forge: Forge): Broken => {
      const { peer, mspId } = founderOf(forge.consortium);
      return signedAlso(forge, peer, mspId, 'the certificate is none of an orderer of the configuration');
    },
  },
  {
    name: 'orderer-of-no-number',
    what: 'One of the signatures names an orderer by a number that the configuration does not have.',
    break: (forge: Forge): Broken => {
      const [first, ...others] = quorumOf(forge.consortium);
      const signers = first ? [...others, { ...first, id: 9 }] : [];
      return {
        blocks: forge.edited(BLOCK, (block) => forge.sign(block, signers)),
        verdict: tooFew(BLOCK, 'orderer 9: the configuration has no such orderer'),
      };
    },
  },
  {
    name: 'revoked-orderer-signs',
    what: 'One of the signatures is of an orderer whose certificate was revoked in the block before.',
    break: (forge: Forge): Broken => {
      const { consortium, random } = forge;
      const [first] = consortium.consenters;
      const before = forge.blocks.findLast(
        (block) => block.header.number < CONFIG_BLOCK && isConfigBlock(block),
      );
      const config = channelConfigOf(before ?? forge.block(0));
      const signers = consortium.organizations.map(({ admin }) => admin);
      const update = { consortium, config, signers, timestamp: TIME, nonce: random.bytes(24) };
      const envelope = updateConfig(update, revocation(founderOf(consortium), first ? [first] : []));
      return {
        blocks: forge.reordered(CONFIG_BLOCK, [envelope], undefined, Uint8Array.of(TxValidationCode.VALID)),
        verdict: tooFew(
          CONFIG_BLOCK + 1,
          'orderer 1: the certificate is not valid: the certificate has been revoked',
        ),
      };
    },
  },
];

/** A block that all but one of the orderers have signed that it takes, and somebody with a certificate of his own. */
function signedAlso(forge: Forge, somebody: Signatory, mspId: string, fault: string): Broken {
  const change = (block: RawBlock): RawBlock => {
    const signed = forge.sign(block, quorumOf(forge.consortium).slice(1));
    const { value, signatures } = decode(
      Metadata,
      signed.metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(),
    );
    const signatureHeader = encode(SignatureHeader, {
      creator: somebody.identity,
      nonce: forge.random.bytes(24),
    });
    const signature = somebody.sign(concatBytes(value, signatureHeader, blockHeaderBytes(block.header)));
    const all = [...signatures, { signatureHeader, signature }];
    return withMetadata(signed, BlockMetadataIndex.SIGNATURES, encode(Metadata, { value, signatures: all }));
  };
  return { blocks: forge.edited(BLOCK, change), verdict: tooFew(BLOCK, `somebody of ${mspId}: ${fault}`) };
}

function tooFew(block: number, fault: string): Broken['verdict'] {
  return differs({ block }, 'orderer-quorum', `expected valid signatures of 3 orderers, found 2 (${fault}`);
}
