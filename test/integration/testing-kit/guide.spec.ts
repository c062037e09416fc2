import { describe, expect, it } from '@jest/globals';
import { runSample, samplesOf } from './sample-runner.js';

const samples = samplesOf('testing-your-gates.md');

/** Statements of the test with this title, one per line. */
const linesOf = (code: string, title: string): string[] => {
  const [, body = ''] = code.split(`it('${title}', async () => {\n`);
  return (body.split('\n});')[0] ?? '').split('\n');
};

describe('SB-39 the guide to testing gates', () => {
  it('has both samples, each of which blocks unpaid users in three lines at most', () => {
    expect([...samples.keys()]).toEqual(['service', 'controller']);
    for (const code of samples.values()) {
      const lines = linesOf(code, 'should block access for unpaid users');
      expect(lines.join('')).toContain('expect(');
      expect(lines.length).toBeLessThanOrEqual(3);
    }
  });

  describe.each([...samples])('its sample "%s", as it stands on the page', (_name, code) => {
    runSample(code);
  });
});
