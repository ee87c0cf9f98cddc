import { standingOf } from '@passage/enrolment';

/** What certificates ask of whoever runs the gateway: `reasons` keep it from working, `warnings` will. */
export interface CertificateHealth {
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * How the administrator's certificate (PEM), which the gateway reads blocks with, stands. Its key is the organisation's, so the
 * gateway does not renew it and says what to do.
 */
export function administratorHealth(cert: string, organization: string, now: Date): CertificateHealth {
  const { state, notAfter, daysLeft } = standingOf(cert, now);
  const end = notAfter.toISOString().slice(0, 10);
  const restart = 'then restart this gateway';
  if (state === 'good') return { reasons: [], warnings: [] };
  if (state === 'ended') {
    const todo = `enrol the administrator anew (docs/enrolment.md), ${restart}`;
    return { reasons: [`the administrator's certificate ended on ${end}: ${todo}`], warnings: [] };
  }
  const todo = `run passage enroll renew --admin --org ${organization}, ${restart}`;
  const left = `${String(daysLeft)} days`;
  return { reasons: [], warnings: [`the administrator's certificate ends on ${end}, in ${left}: ${todo}`] };
}
