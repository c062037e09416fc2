import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get, Logger } from '@nestjs/common';
import { BilledTo, RequiresFeature } from '@tollgate/entitlements';
import { createDoorApp, type DoorApp, startDoorNode } from './door-app.js';

@BilledTo({ by: 'caller' })
@Controller('misspelt')
class MisspeltController {
  @Get()
  @RequiresFeature('exprot')
  show(): void {}

  @Get('fine')
  @RequiresFeature('paid')
  fine(): void {}
}

describe('a gate that asks about a feature which the catalog does not have', () => {
  let test: DoorApp;

  beforeAll(async () => {
    test = await createDoorApp({});
  });
  afterAll(() => test.close());

  it('is named in a warning at boot, and is the only one', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const node = await startDoorNode(test.url, { controllers: [MisspeltController] });
    const warnings = warn.mock.calls.map(([message]) => String(message));
    warn.mockRestore();
    await node.close();
    expect(warnings.filter((warning) => warning.includes('denies everybody'))).toEqual([
      'MisspeltController.show denies everybody: there is no feature "exprot" in version 1 of the catalog',
    ]);
  });
});
