import type { Caller, ErrorCode, JsonObject } from '@passage/domain';
import type { Play } from '@passage/domain/testing';

/** What has happened before: a transaction, days that went by, or a value in the state that no rule of ours has made. */
export type Before = Play | { readonly days: number } | { readonly key: string; readonly value: JsonObject };

/** One transaction that is refused; a code of a batch is one of its statements'. A text is sent as it is. */
export interface Refused {
  readonly code: ErrorCode;
  readonly caller: Caller;
  readonly name: string;
  readonly input: JsonObject | string;
}

/** What is refused after some history, on a ledger of its own. */
export interface Story {
  readonly about: string;
  /** Whether the ledger has not even been initialised; otherwise it knows the whole cast. */
  readonly empty?: boolean;
  readonly before: readonly Before[];
  readonly refused: readonly Refused[];
}

/** A transaction that has to succeed. */
export function given(caller: Caller, name: string, input: JsonObject): Play {
  return { caller, name, input };
}

/** A transaction that is refused with a code. Its request id is none that a story's past uses. */
export function refused(
  code: ErrorCode,
  caller: Caller,
  name: string,
  input: JsonObject | string = {},
): Refused {
  const withId = typeof input === 'string' || name.startsWith('Get') || name === 'Init';
  return { code, caller, name, input: withId ? input : { requestId: 'refused', ...input } };
}
