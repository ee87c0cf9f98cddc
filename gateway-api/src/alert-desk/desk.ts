import type { Sight } from '../sight/sight.js';

/**
 * The desk at which a caller looks after alerts: customs', a port's or the auditor's is the organisation's, so that its officers share
 * one list; any other party has its own, and none of its neighbours at the same gateway sees what it does. Undefined for a caller
 * that sees no alerts.
 */
export function deskOf(sight: Sight): string | undefined {
  if (sight === 'everything') return 'auditor';
  const ofOrganization = sight.viewers.find((viewer) => !viewer.startsWith('party:'));
  return ofOrganization ?? sight.viewers[0];
}
