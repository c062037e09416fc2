import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes text and attributes, and leaves markup of its own alone', () => {
    const evil = `"><script>alert('&')</script>`;
    const inner = html`<b>${evil}</b>`;
    const { text } = html`<a title="${evil}">${inner}${null}${false}${[inner, inner]}</a>`;
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('="">');
    expect(text.match(/<b>/g)).toHaveLength(3);
    expect(text.endsWith('</a>')).toBe(true);
  });
});
