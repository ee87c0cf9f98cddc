import type { Caller } from '../auth/caller.js';
import type { Members } from './read.js';

/** A GraphQL answer; `read.ts` has what reads its data. */
export interface Answer {
  readonly status: number;
  readonly data?: Members | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

/** A gateway, or several: what takes a GraphQL request of a caller. */
export interface Door {
  ask(query: string, caller: Caller, variables?: object): Promise<Answer>;
}

/** The answer in a response. */
export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}
