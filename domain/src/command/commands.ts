import { PassageError } from '../errors/passage-error.js';
import { consolidationCommands } from './consolidations/commands.js';
import { correctionCommands } from './corrections/commands.js';
import { customsCommands } from './customs/commands.js';
import { declarationCommands } from './declarations/commands.js';
import { deviceCommands } from './devices/commands.js';
import { disputeCommands } from './disputes/commands.js';
import { documentCommands } from './documents/commands.js';
import { handoverCommands } from './handovers/commands.js';
import { inspectionCommands } from './inspections/commands.js';
import { openingCommands } from './openings/commands.js';
import { originCommands } from './origin/commands.js';
import { parameterCommands } from './parameters/commands.js';
import { partyCommands } from './parties/commands.js';
import { sealCommands } from './seals/commands.js';
import { shipmentCommands } from './shipments/commands.js';
import { statementCommands } from './statements/commands.js';
import type { Operation } from './operation.js';
import { queries } from './queries.js';

/** Every act that the ledger knows. Chaincode, gateway and auditor go through this list, so none can forget one. */
export const commands: readonly Operation[] = [
  ...partyCommands,
  ...parameterCommands,
  ...deviceCommands,
  ...shipmentCommands,
  ...consolidationCommands,
  ...handoverCommands,
  ...customsCommands,
  ...inspectionCommands,
  ...sealCommands,
  ...statementCommands,
  ...documentCommands,
  ...originCommands,
  ...openingCommands,
  ...declarationCommands,
  ...disputeCommands,
  ...correctionCommands,
];

/** Every transaction of the contract. */
export const operations: readonly Operation[] = [...commands, ...queries];

const byName = new Map(operations.map((operation) => [operation.name, operation]));

/** @throws PassageError TRANSACTION_UNKNOWN */
export function operationNamed(name: string): Operation {
  const operation = byName.get(name);
  if (operation !== undefined) return operation;
  throw new PassageError('TRANSACTION_UNKNOWN', `The contract has no transaction ${name}`, {
    transaction: name,
  });
}
