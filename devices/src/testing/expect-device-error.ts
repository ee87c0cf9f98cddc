import { expect } from 'chai';
import { DeviceError, type DeviceErrorCode } from '../errors/device-error.js';

/** Runs `act` and expects it to fail with this code; gives the error. */
export async function expectDeviceError(code: DeviceErrorCode, act: () => unknown): Promise<DeviceError> {
  try {
    await act();
  } catch (error) {
    expect(error).to.be.instanceOf(DeviceError);
    expect(error).to.have.property('code', code);
    return error as DeviceError;
  }
  return expect.fail(`nothing was refused; ${code} was expected`);
}
