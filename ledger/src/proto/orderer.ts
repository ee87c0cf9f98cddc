import { bool, bytes, enumeration, message, string, uint32, uint64 } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

export const ConsensusType = message('orderer.ConsensusType', {
  type: string(1),
  metadata: bytes(2),
  state: enumeration(3),
});
export type ConsensusType = Decoded<typeof ConsensusType>;

export const BatchSize = message('orderer.BatchSize', {
  maxMessageCount: uint32(1),
  absoluteMaxBytes: uint32(2),
  preferredMaxBytes: uint32(3),
});
export type BatchSize = Decoded<typeof BatchSize>;

/** A Go duration such as `200ms`. */
export const BatchTimeout = message('orderer.BatchTimeout', {
  timeout: string(1),
});
export type BatchTimeout = Decoded<typeof BatchTimeout>;

export const ChannelRestrictions = message('orderer.ChannelRestrictions', {
  maxCount: uint64(1),
});
export type ChannelRestrictions = Decoded<typeof ChannelRestrictions>;

/** Metadata of the consensus type BFT; the intervals are Go durations. */
export const SmartBFTOptions = message('smartbft.Options', {
  requestBatchMaxCount: uint64(1),
  requestBatchMaxBytes: uint64(2),
  requestBatchMaxInterval: string(3),
  incomingMessageBufferSize: uint64(4),
  requestPoolSize: uint64(5),
  requestForwardTimeout: string(6),
  requestComplainTimeout: string(7),
  requestAutoRemoveTimeout: string(8),
  requestMaxBytes: uint64(9),
  viewChangeResendInterval: string(10),
  viewChangeTimeout: string(11),
  leaderHeartbeatTimeout: string(12),
  leaderHeartbeatCount: uint64(13),
  collectTimeout: string(14),
  syncOnStart: bool(15),
  speedUpViewChange: bool(16),
  leaderRotation: enumeration(17),
  decisionsPerLeader: uint64(18),
});
export type SmartBFTOptions = Decoded<typeof SmartBFTOptions>;
