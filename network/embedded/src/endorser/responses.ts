import type { Response } from '@passage/ledger';

/** What a system chaincode answers. */
export function success(payload: Uint8Array): Response {
  return { status: 200, message: '', payload };
}

/** The same where it cannot or will not. */
export function refuse(message: string): Response {
  return { status: 500, message, payload: new Uint8Array() };
}
