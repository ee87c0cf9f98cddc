import { bytes, embedded, enumeration, int32, message, oneOf, uint64 } from '@passage/ledger';

/** orderer/ab.proto and peer/events.proto, as far as somebody needs them who asks for blocks from a number on. */
const SeekEnd = message('orderer.SeekPosition.End', {});

const SeekSpecified = message('orderer.SeekSpecified', { number: uint64(1) });

const SeekPosition = message('orderer.SeekPosition', {
  ...oneOf('type', { newest: embedded(1, SeekEnd), specified: embedded(3, SeekSpecified) }),
});

export const SeekInfo = message('orderer.SeekInfo', {
  start: embedded(1, SeekPosition),
  stop: embedded(2, SeekPosition),
  behavior: enumeration(3),
});

/** Answer of the peer's Deliver service; `block` is the serialized common.Block, kept as it came. */
export const DeliverResponse = message('protos.DeliverResponse', {
  ...oneOf('type', { status: int32(1), block: bytes(2) }),
});

/** SeekInfo.SeekBehavior: stop at what is there instead of waiting for more. */
export const FAIL_IF_NOT_READY = 1;

/** common.Status of a request that was served to its end. */
export const STATUS_SUCCESS = 200;
