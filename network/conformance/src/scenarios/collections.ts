import type { CollectionWish } from '@passage/network-embedded/testing';

/** Collections of two organisations: open to all clients, closed to others', with a policy of its own, and short-lived. */
export const COLLECTIONS: readonly CollectionWish[] = [
  { name: 'shared', members: "OR('CustomsMSP.member', 'PortMSP.member')" },
  { name: 'closed', members: "OR('CustomsMSP.member', 'PortMSP.member')", closed: true },
  {
    name: 'guarded',
    members: "OR('CustomsMSP.member', 'BusinessMSP.member')",
    endorsement: "AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))",
  },
  { name: 'fleeting', members: "OR('CustomsMSP.member', 'PortMSP.member')", blockToLive: 2 },
];
