import { connect, hash } from '@hyperledger/fabric-gateway';

import type { ActingIdentity } from '../enrolment/identities.js';
import type { PeerConnection } from './connection.js';
import type { ChannelNames } from './fabric-ledger.js';
import type { OwnKeyLedger } from './ports.js';
import { refusalOfPeers } from './refusals.js';

/**
 * The ledger for keys that this gateway does not hold. With `hash.none` what fabric-gateway calls a digest is the message
 * itself. `carrier` is the identity whose connection carries signed bytes to the peer; the bytes bring their own signature.
 */
export function fabricOwnKeyLedger(
  connection: PeerConnection,
  names: ChannelNames,
  carrier: () => ActingIdentity,
): OwnKeyLedger {
  return {
    propose(command, json, { mspId, cert }, transient) {
      const identity = { mspId, credentials: Buffer.from(cert) };
      const gateway = connect({ client: connection.client, identity, hash: hash.none });
      return gateway
        .getNetwork(names.channel)
        .getContract(names.chaincode)
        .newProposal(command, { arguments: [json], transientData: Object.fromEntries(transient) })
        .getDigest();
    },
    async endorse(proposed, signature) {
      try {
        const endorsed = await connection.gateway(carrier()).newSignedProposal(proposed, signature).endorse();
        return { result: Buffer.from(endorsed.getResult()).toString('utf8'), payload: endorsed.getDigest() };
      } catch (error) {
        throw refusalOfPeers(error);
      }
    },
  };
}
