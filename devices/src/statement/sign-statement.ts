import {
  assembleStatement,
  type JsonObject,
  STATEMENT_TYPE,
  statementId,
  statementSigningInput,
} from '@passage/domain';
import type { DeviceKey } from '../keys/device-key.js';

/** A statement as it leaves a device. */
export interface SignedStatement {
  readonly seq: number;
  readonly statementId: string;
  /** The compact JWS: these exact bytes are sent, however often. */
  readonly jws: string;
}

/** Where a key stands in its chain: the last number it used (0 before the first) and that statement's id. */
export interface ChainEnd {
  readonly seq: number;
  readonly last?: string;
}

/**
 * Signs `event` as the next statement of a key's chain for the ledger `aud`. Whether the number may still be used is the
 * caller's to know.
 *
 * @throws PassageError INVALID_HEADER when `aud` is not a genesis hash.
 */
export function signStatement(
  key: DeviceKey,
  aud: string,
  end: ChainEnd,
  event: JsonObject,
): SignedStatement {
  const { alg, kid } = key;
  const seq = end.seq + 1;
  const header = { alg, typ: STATEMENT_TYPE, kid, aud, seq } as const;
  const payload = Buffer.from(JSON.stringify(event));
  const signingInput = statementSigningInput(
    end.last === undefined ? header : { ...header, prev: end.last },
    payload,
  );
  const signature = key.sign(Buffer.from(signingInput));
  return { seq, statementId: statementId(signingInput), jws: assembleStatement(signingInput, signature) };
}
