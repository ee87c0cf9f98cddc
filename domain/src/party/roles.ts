/**
 * The roles a party may hold. Which organisation's parties may hold which is written once, by `Init`; a certificate's
 * role counts only if the registry agrees with it.
 */
export const roles = [
  'importer',
  'exporter',
  'carrier',
  'forwarder',
  'warehouse',
  'terminal_operator',
  'broker',
  'customs_office',
  'customs_officer',
  'certifying_body',
  'permit_agency',
  'auditor',
] as const;

export type Role = (typeof roles)[number];

/** Role to the MSP ids whose parties may hold it. A role that is missing here is held by nobody. */
export type RoleTable = Readonly<Partial<Record<Role, readonly string[]>>>;

/** The organisation whose admin starts the ledger, and the only one whose parties hold customs' roles. */
export const customsMspId = 'CustomsMSP';

/** Roles that speak with customs' authority: no table may give them to another organisation. */
export const customsRoles: readonly Role[] = ['customs_office', 'customs_officer'];

export function isCustoms(role: Role): boolean {
  return customsRoles.includes(role);
}

/** The table that a network of our four organisations starts with. */
export const defaultRoles: RoleTable = {
  importer: ['BusinessMSP'],
  exporter: ['BusinessMSP'],
  carrier: ['PortMSP', 'BusinessMSP'],
  forwarder: ['BusinessMSP'],
  warehouse: ['PortMSP', 'BusinessMSP'],
  terminal_operator: ['PortMSP'],
  broker: ['BusinessMSP'],
  customs_office: ['CustomsMSP'],
  customs_officer: ['CustomsMSP'],
  certifying_body: ['CustomsMSP', 'BusinessMSP'],
  permit_agency: ['CustomsMSP'],
  auditor: ['AuditorMSP'],
};

/** True if the table lets parties of `mspId` hold `role`. */
export function mayHold(table: RoleTable, mspId: string, role: Role): boolean {
  return table[role]?.includes(mspId) ?? false;
}

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
