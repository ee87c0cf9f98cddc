import { adminCaller, partyCaller } from '@passage/domain/testing';

export const importer = partyCaller('IMPORTER1');
export const seller = partyCaller('SELLER1');
export const broker = partyCaller('BROKER1');
export const carrier = partyCaller('CARRIER1');
export const officer = partyCaller('OFFICER1');
export const terminal = partyCaller('TERMINAL1');

export const customsAdmin = adminCaller('CustomsMSP');
export const portAdmin = adminCaller('PortMSP');
export const businessAdmin = adminCaller('BusinessMSP');
