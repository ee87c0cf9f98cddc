import { rule, type ErrorRule } from './rule.js';

/** About the parameters that the organisations agree on. */
export const parameterRules = {
  NO_SAY: rule(
    'authorization',
    'The organisation is none of those that agree on parameters.',
    'Let the others agree on it as one of `joinedOrganizations` first.',
  ),
  PROPOSAL_UNKNOWN: rule(
    'not_found',
    'The organisation has made no proposal with this id.',
    'Compare the organisation and the id with the list of proposals.',
  ),
  PROPOSAL_CLOSED: rule(
    'conflict',
    'The proposal was withdrawn, or is in force.',
    'Read the parameters in force, and propose what should be otherwise.',
  ),
  PROPOSAL_OUTDATED: rule(
    'conflict',
    'Other parameters came into force since the proposal was made.',
    'Propose the change again, to what is in force now.',
  ),
  WORD_GIVEN: rule('conflict', 'The organisation has said this of the proposal already.', 'Nothing to do.'),
  APPROVAL_UNKNOWN: rule(
    'not_found',
    'The organisation has said nothing about this proposal.',
    'Wait for its administrator, or compare the ids.',
  ),
  PARAMETERS_UNKNOWN: rule(
    'not_found',
    'There is no such version of the parameters.',
    'Ask for a version up to the one in force; before version 1 every parameter has its default.',
  ),
} as const satisfies Record<string, ErrorRule>;
