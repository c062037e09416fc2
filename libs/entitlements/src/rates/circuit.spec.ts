import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Circuit } from './circuit.js';

describe('a circuit', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn');
  let elapsed: number;
  let circuit: Circuit;
  beforeEach(() => {
    warn.mockReturnValue(undefined);
    jest.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
    elapsed = 50;
    circuit = new Circuit('part', { restMs: 100, elapsed: () => elapsed });
  });
  afterEach(() => {
    warn.mockClear();
  });

  const works = async (): Promise<string> => 'answer';
  const fails = (): Promise<string> => Promise.reject(new Error('away'));

  it('passes answers on, and leaves a failing part alone for its rest', async () => {
    expect(await circuit.attempt(works)).toBe('answer');
    expect(await circuit.attempt(fails)).toBeNull();
    elapsed += 99;
    expect(await circuit.attempt(works)).toBeNull();
    elapsed += 1;
    expect(await circuit.attempt(works)).toBe('answer');
    expect(await circuit.attempt(works)).toBe('answer');
  });

  it('lets one call try, while the others do not wait', async () => {
    await circuit.attempt(fails);
    elapsed += 100;
    let answer: (text: string) => void = () => undefined;
    const trying = circuit.attempt(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    expect(await circuit.attempt(works)).toBeNull();
    answer('back');
    expect(await trying).toBe('back');
    expect(await circuit.attempt(works)).toBe('answer');
  });

  it('says once that a part is away', async () => {
    for (let call = 0; call < 3; call++) {
      await circuit.attempt(fails);
      elapsed += 100;
    }
    expect(warn).toHaveBeenCalledTimes(1);
  });
});
