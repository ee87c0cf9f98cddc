/* Imported before the shim, which reads its log level when it is loaded: refusals are what the tests are about. */
process.env['CORE_CHAINCODE_LOGGING_SHIM'] ??= 'critical';
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'critical';
