export { bytesKey, compareBytes, concatBytes, equalBytes, fromHex, toHex } from './bytes.js';
export { decode, emptyMessage } from './decode.js';
export { encode, isCanonical } from './encode.js';
export {
  bool,
  bytes,
  embedded,
  enumeration,
  int32,
  int64,
  map,
  message,
  oneOf,
  optional,
  repeated,
  string,
  uint32,
  uint64,
} from './schema.js';
export type { Decoded, Encodable, Field, Message, Shape } from './schema.js';
export { oidText } from './oid.js';
export { unknownFields } from './unknown.js';
export { decodeUtf8, utf8 } from './utf8.js';
export { DerReader } from './der-reader.js';
export type { DerElement } from './der-reader.js';
export { DerTag, derElement, derInteger, derUnsigned } from './der-writer.js';
