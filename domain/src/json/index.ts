export { canonicalJson } from './canonical.js';
export { pointerTo } from './pointer.js';
export { readJson, type ReadJsonOptions } from './read-json.js';
export { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from './value.js';
