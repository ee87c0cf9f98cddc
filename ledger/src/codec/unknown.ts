/**
 * Key under which a decoded message keeps the fields that its descriptor does not know, as they stood on the wire.
 * The encoder writes them behind the known ones, as protobuf-go does, so that nothing is lost on the way through.
 */
export const unknownFields = Symbol('unknown fields');
