export { isJsonObject, type JsonArray, type JsonObject, type JsonValue } from './value.js';
