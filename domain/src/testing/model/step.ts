import type fc from 'fast-check';
import type { Caller } from '../../command/caller.js';
import type { JsonObject } from '../../json/value.js';
import { castMembers, certifier, partyCaller, type CastMember } from '../cast.js';

/** Who acts in a model: the cast, another officer, and a body that certifies origin. */
export type Member = CastMember | 'OFFICER2' | 'CERTIFIER1';

export const members: readonly Member[] = [...castMembers, 'OFFICER2', 'CERTIFIER1'];

export function callerOf(member: Member): Caller {
  if (member === 'CERTIFIER1') return certifier;
  if (member !== 'OFFICER2') return partyCaller(member);
  return { ...partyCaller('OFFICER1'), partyId: member };
}

/** Who speaks for customs. */
export const officers: readonly Member[] = ['OFFICER1', 'OFFICER2'];

export function isOfficer(member: Member): boolean {
  return officers.includes(member);
}

/** One kind of act by anybody, with any choice of what it is about. */
export interface StepKind<Model, Choice> {
  /** By whom it is mostly tried, so that long sequences come far; anybody tries everything now and then. */
  readonly usual: readonly Member[];
  readonly choice: fc.Arbitrary<Choice>;
  /** Whether the model allows it; if so, takes it. */
  take(model: Model, by: Member, choice: Choice): boolean;
  /** The transaction, or the event that a device of `by` signs. */
  transaction(by: Member, choice: Choice): Told;
}

/** A transaction with a request id of its own, unless it is given one; or an event. */
export type Told =
  | { readonly name: string; readonly input: JsonObject; readonly requestId?: string }
  | { readonly event: JsonObject };

/** A kind of step whose choice nobody has to know. */
export type AnyStepKind<Model> = StepKind<Model, never>;

/** Steps of one subject, and how often they are taken. */
export interface StepSet<Model> {
  readonly weight: number;
  readonly kinds: readonly AnyStepKind<Model>[];
}

/** For the steps of one model. */
export function stepsOf<Model>(): <Choice>(kind: StepKind<Model, Choice>) => AnyStepKind<Model> {
  return (kind) => kind as unknown as AnyStepKind<Model>;
}
