import type { ActingIdentity } from '../enrolment/identities.js';
import { gatewayError, messageOf } from '../errors.js';
import type { PeerConnection } from './connection.js';
import type { LedgerClient, PrivatePart, SignedTransaction } from './ports.js';
import { isFinalOrdererRefusal, refusalOfPeers } from './refusals.js';

/** Names of what is called, from the connection profile. */
export interface ChannelNames {
  readonly channel: string;
  readonly chaincode: string;
}

/**
 * The ledger through fabric-gateway: our organisation's peer finds the endorsers. `broadcaster` is the identity whose
 * connection carries signed bytes to the orderers; the bytes bring their own signature.
 */
export function fabricLedger(
  connection: PeerConnection,
  names: ChannelNames,
  broadcaster: () => ActingIdentity,
): LedgerClient {
  const proposal = (transaction: string, json: string, identity: ActingIdentity, secret?: PrivatePart) =>
    connection
      .gateway(identity)
      .getNetwork(names.channel)
      .getContract(names.chaincode)
      .newProposal(transaction, {
        arguments: [json],
        ...(secret && {
          transientData: Object.fromEntries(secret.transient),
          endorsingOrganizations: [...secret.endorsers],
        }),
      });

  return {
    async evaluate(transaction, json, identity) {
      try {
        return Buffer.from(await proposal(transaction, json, identity).evaluate()).toString('utf8');
      } catch (error) {
        throw refusalOfPeers(error);
      }
    },
    async endorse(transaction, json, identity, secret) {
      try {
        const endorsed = await proposal(transaction, json, identity, secret).endorse();
        return {
          transactionId: endorsed.getTransactionId(),
          result: Buffer.from(endorsed.getResult()).toString('utf8'),
          prepared: endorsed.getBytes(),
          signature: await identity.sign(endorsed.getDigest()),
        };
      } catch (error) {
        throw refusalOfPeers(error);
      }
    },
    async broadcast({ transactionId, prepared, signature }: SignedTransaction) {
      try {
        await connection.gateway(broadcaster()).newSignedTransaction(prepared, signature).submit();
      } catch (error) {
        if (!isFinalOrdererRefusal(error)) throw error;
        throw gatewayError(
          'LEDGER_REFUSED',
          `the orderers refuse transaction ${transactionId}: ${messageOf(error)}`,
          {
            transactionId,
            next: "Check that the identity's certificate has not expired or been revoked.",
            cause: error,
          },
        );
      }
    },
  };
}
