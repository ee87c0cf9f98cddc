export { configGroup, configValue } from './build-config.js';
export type { GroupParts } from './build-config.js';
export { readChannelConfig } from './channel-config.js';
export type { ChannelConfig, ConfigOptions } from './channel-config.js';
export { channelConfigOf, isConfigBlock, readConfigTransaction } from './config-block.js';
export type { ConfigTransaction } from './config-block.js';
export { applyConfigEnvelope, proposeConfigUpdate } from './config-update.js';
export type { Organization } from './organizations.js';
