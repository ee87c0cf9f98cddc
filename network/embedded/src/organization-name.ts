/** What an organisation is called in folders, ports and settings; the channel knows it by its MSP id. */
export type OrganizationName = string;
