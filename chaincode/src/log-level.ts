/*
 * Fabric's libraries tell every decorator and every call at level INFO as soon as they are loaded. Imported before them,
 * this leaves errors alone, unless the operator asks for more.
 */
// eslint-disable-next-line no-restricted-globals -- the log is no rule's business
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'ERROR';
