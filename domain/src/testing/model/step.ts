import type fc from 'fast-check';
import type { JsonObject } from '../../json/value.js';
import { castMembers, type CastMember } from '../cast.js';
import type { Model } from './model.js';

/** What a step draws from: few names, so that steps meet. */
export const ucrs = ['6KRIMPORTER1-A', '6KRIMPORTER1-B'] as const;
export const containers = ['CSQU3054383', 'MWCU6059784'] as const;
export const lotNames = ['A', 'B', 'C'] as const;
export const members = castMembers;

/** One kind of act by anybody, with any choice of what it is about. */
export interface StepKind<Choice> {
  readonly choice: fc.Arbitrary<Choice>;
  /** Whether the model allows it; if so, takes it. */
  take(model: Model, by: CastMember, choice: Choice): boolean;
  /** The transaction, or the event that a device of `by` signs. */
  transaction(by: CastMember, choice: Choice): Told;
}

export type Told = { readonly name: string; readonly input: JsonObject } | { readonly event: JsonObject };

/** A kind of step whose choice nobody has to know. */
export type AnyStepKind = StepKind<never>;

export function step<Choice>(kind: StepKind<Choice>): AnyStepKind {
  return kind as unknown as AnyStepKind;
}
