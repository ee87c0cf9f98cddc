import {
  encode,
  Envelope,
  HeaderType,
  readEnvelope,
  recover,
  transactionId,
  type ChannelConfig,
  type EnvelopeReading,
} from '@passage/ledger';

import type { BroadcastResult, Signer } from '../network.js';
import { Status } from '../proto/status.js';
import { configRequestId, proposeConfiguration, signConfiguration, stillFollows } from './config-envelope.js';
import { faultOf, isWriter, refusalByFilters } from './filters.js';

/** What the broadcast filter says of an envelope. */
export type Judgement =
  | {
      readonly accepted: true;
      /** By this SmartBFT tells requests apart, whatever id the envelope claims. */
      readonly requestId: string;
      /** Whether it is a configuration, which stands alone in its block. */
      readonly isConfig: boolean;
      /**
       * The envelope as it goes into a block: written again in canonical form, as gRPC in Go does on the way. Blocks with any
       * other are refused by every peer (F:protoutil/blockutils.go, VerifyTransactionsAreWellFormed).
       */
      readonly envelope: Uint8Array;
    }
  | { readonly accepted: false; readonly refusal: BroadcastResult };

/** What a consenter judges with. */
export interface JudgeParts {
  /** The configuration in force after the last block. */
  readonly config: ChannelConfig;
  readonly now: Date;
  /** The orderers' keys, that of consenter n at n - 1; the first one signs the configurations that it makes of updates. */
  readonly orderers: readonly Signer[];
}

/**
 * What a consenter checks before it takes an envelope (F:orderer/common/broadcast/broadcast.go). Nothing of a transaction
 * inside is looked at: peers judge that. A configuration update is applied, and what is ordered is its result.
 */
export function judgeBroadcast(bytes: Uint8Array, parts: JudgeParts): Judgement {
  const { config } = parts;
  const reading = readEnvelope(bytes);
  const { channelHeader } = reading;
  if (channelHeader === undefined) return refuse(`could not determine channel ID: ${faultOf(reading)}`);
  if (channelHeader.channelId !== config.channelId) return refuse('channel does not exist');
  switch (channelHeader.type) {
    case HeaderType.CONFIG_UPDATE:
      return judgeUpdate(reading, parts);
    case HeaderType.CONFIG:
      return refuse('message is of type that cannot be processed directly');
    case HeaderType.ORDERER_TRANSACTION:
      return refuse('message is of type that is no longer supported');
    case HeaderType.ENDORSER_TRANSACTION:
      return judgeTransaction(reading, parts);
    default:
      // Fabric's filter takes it and answers 200; then no consenter votes for a block with it (smartbft/verifier.go).
      return refuse(`transaction of type ${channelHeader.type} is not allowed to be included in blocks`);
  }
}

/**
 * Whether an envelope that was accepted under an earlier configuration may be ordered under this one: a consenter drops from
 * its pool what no block could hold any more (F:orderer/consensus/smartbft/verifier.go, VerifyRequest). Its sender is not
 * told.
 */
export function mayStillBeOrdered(bytes: Uint8Array, config: ChannelConfig): boolean {
  const reading = readEnvelope(bytes);
  if (!isWriter(reading, config)) return false;
  return reading.channelHeader?.type !== HeaderType.CONFIG || stillFollows(bytes, config);
}

function judgeTransaction(reading: EnvelopeReading, { config, now }: JudgeParts): Judgement {
  const refusal = refusalByFilters(reading, config, now);
  if (refusal !== undefined) return { accepted: false, refusal };
  const { nonce, creator } = reading.signatureHeader ?? NOBODY;
  return {
    accepted: true,
    requestId: transactionId(nonce, creator),
    isConfig: false,
    envelope: encode(Envelope, reading.envelope ?? {}),
  };
}

/** F:orderer/common/msgprocessor/standardchannel.go, ProcessConfigUpdateMsg. */
function judgeUpdate(reading: EnvelopeReading, { config, now, orderers }: JudgeParts): Judgement {
  const initial = refusalByFilters(reading, config, now);
  if (initial !== undefined) {
    return refuse(`config update for existing channel did not pass initial checks: ${initial.info}`, initial);
  }
  const [orderer] = orderers;
  if (orderer === undefined) throw new TypeError('a network without orderers');
  const update = encode(Envelope, reading.envelope ?? {});
  return recover<Judgement, Judgement>(
    () => {
      const configuration = proposeConfiguration(update, config, orderers);
      const envelope = signConfiguration(configuration, config.channelId, orderer, now);
      const final = refusalByFilters(readEnvelope(envelope), config, now);
      if (final !== undefined) {
        return refuse(`config update for existing channel did not pass final checks: ${final.info}`, final);
      }
      return { accepted: true, requestId: configRequestId(update), isConfig: true, envelope };
    },
    (error) =>
      refuse(`error applying config update to existing channel '${config.channelId}': ${error.message}`),
  );
}

const NOBODY = { nonce: new Uint8Array(0), creator: new Uint8Array(0) };

function refuse(info: string, { status } = { status: Status.BAD_REQUEST as number }): Judgement {
  return { accepted: false, refusal: { status, info } };
}
