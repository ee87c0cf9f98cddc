/** The four organisations in their fixed order, which decides consenter ids (1..4) and ports. */
export type OrganizationName = 'customs' | 'port' | 'business' | 'auditor';
