import type { Caller } from '../command/caller.js';
import type { JsonObject } from '../json/value.js';
import { adminCaller } from './cast.js';
import type { Played, TestWorld } from './test-world.js';

export const customs = adminCaller('CustomsMSP');
export const port = adminCaller('PortMSP');
export const business = adminCaller('BusinessMSP');
export const auditor = adminCaller('AuditorMSP');

/** How others name the port's first proposal. */
export const about = { proposedBy: 'PortMSP', proposal: 'p-1' };

/** The port proposes values. */
export function propose(world: TestWorld, changes: JsonObject, id = 'p-1'): void {
  world.play(port, 'ProposeParameters', { requestId: id, changes, reason: 'agreed in the meeting' });
}

/** An organisation approves what the port has proposed. */
export function approve(world: TestWorld, by: Caller, id = 'p-1'): Played {
  const requestId = `approve-${id}`;
  return world.play(by, 'ApproveParameters', { requestId, proposedBy: 'PortMSP', proposal: id });
}

/** Puts values in force by the approvals of customs, port and business. */
export function agree(world: TestWorld, changes: JsonObject, id = 'p-1'): void {
  propose(world, changes, id);
  for (const by of [customs, port, business]) approve(world, by, id);
}
