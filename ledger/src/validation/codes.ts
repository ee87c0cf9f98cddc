import { TxValidationCode } from '../proto/index.js';

const NAMES = new Map<number, string>(Object.entries(TxValidationCode).map(([name, code]) => [code, name]));

/** Fabric's name of a validation code, such as MVCC_READ_CONFLICT; a number that is none of them stays a number. */
export function codeName(code: number): string {
  return NAMES.get(code) ?? String(code);
}
