/* Fabric's shim logs every refusal as an error; tests refuse on purpose. Imported before the shim. */
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] = 'CRITICAL';
