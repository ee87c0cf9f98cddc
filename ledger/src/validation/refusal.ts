/** Why a transaction is invalid: Fabric's code, and a sentence for people. */
export interface Refusal {
  /** TxValidationCode, not 0. */
  readonly code: number;
  readonly reason: string;
}

export function refuse(code: number, reason: string): Refusal {
  return { code, reason };
}

/** Tells a refusal from whatever else a check gives. */
export function isRefusal(result: object): result is Refusal {
  return 'code' in result && 'reason' in result;
}
